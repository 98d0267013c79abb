/**
 * Candidates capture their own face before exam day (domain, section 10; source 000 section 7:
 * 进入人脸采集二维码界面，打开手机微信，扫一扫二维码，进行学生本人人脸采集; source 001 section 4: 确保光线充足，不晃动，保持坐姿端正， 面部与摄像头保持水平). A
 * code in the portal leads a phone to the page; nothing is captured before the privacy notice was
 * agreed to, and whoever declines is compared by eye only. A picture stays until the school unbinds
 * it with a reason, or the candidate declines. States: not asked, agreed, declined, captured. It
 * travels in the exam package as the picture that faces are compared with.
 */
package io.invigil.hub.facecapture;
