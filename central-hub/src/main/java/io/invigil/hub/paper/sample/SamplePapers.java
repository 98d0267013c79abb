package io.invigil.hub.paper.sample;

import static io.invigil.hub.paper.sample.SampleItem.multiple;
import static io.invigil.hub.paper.sample.SampleItem.single;
import static io.invigil.hub.paper.sample.SampleItem.trueFalse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The content of the sample papers; both give 100 marks. */
final class SamplePapers {
    private SamplePapers() {}

    /** Section title to items. */
    static Map<String, List<SampleItem>> theory() {
        Map<String, List<SampleItem>> sections = new LinkedHashMap<>();
        sections.put("一、单选题（每题 4 分，共 40 分）", theorySingle());
        sections.put("二、多选题（每题 6 分，少选得部分分，错选扣分）", theoryMultiple());
        sections.put("三、判断题（每题 2 分）", theoryTrueFalse());
        sections.put("四、填空题（每题 4 分）", theoryEntries());
        sections.put(
                "五、简答题（12 分）",
                List.of(
                        new SampleItem.Written(
                                "T-ESSAY-1",
                                "简答题",
                                "简述动力电池维修前执行高压下电的步骤，并说明为什么要等待规定时间再验电。",
                                8,
                                12)));
        return sections;
    }

    private static List<SampleItem> theorySingle() {
        return List.of(
                single(
                        "T-S01",
                        "维修高压部件前，首先应当做什么？",
                        1,
                        4,
                        "佩戴普通棉手套",
                        "执行高压下电并挂牌上锁",
                        "断开空调压缩机",
                        "给电池充满电"),
                single("T-S02", "国家标准中高压线束外皮的颜色是哪一种？", 2, 4, "黑色", "蓝色", "橙色", "黄绿色"),
                single("T-S03", "磷酸铁锂单体电池的标称电压约为多少？", 0, 4, "3.2 V", "12 V", "7.4 V", "1.2 V"),
                new SampleItem.Choice(
                        "T-S04",
                        "单选题",
                        "下图的电池组由相同的单体组成。它的连接方式是哪一种？",
                        false,
                        List.of("四只串联", "两并两串", "四只并联", "三串一并"),
                        List.of(1),
                        true,
                        4),
                single("T-S05", "绝缘电阻测试应当使用哪一种仪表？", 3, 4, "卡尺", "普通万用表的电流挡", "示波器", "兆欧表（绝缘电阻测试仪）"),
                single("T-S06", "驱动电机把电能转化为什么能？", 0, 4, "机械能", "化学能", "光能", "核能"),
                single(
                        "T-S07",
                        "Which part converts the battery's direct current for the drive motor?",
                        2,
                        4,
                        "the on-board charger",
                        "the 12 V battery",
                        "the inverter",
                        "the contactor"),
                single(
                        "T-S08",
                        "高压互锁（HVIL）回路的作用是什么？",
                        1,
                        4,
                        "提高续航里程",
                        "监测高压连接是否完整",
                        "给低压电池充电",
                        "调节车内温度"),
                single(
                        "T-S09",
                        "车辆涉水后出现绝缘报警，正确的做法是哪一项？",
                        0,
                        4,
                        "停止使用并按规程检测绝缘",
                        "清除故障码后继续行驶",
                        "用高压水枪冲洗电池",
                        "直接充电"),
                single(
                        "T-S10",
                        "若 a < b 且 b < c，下列判断正确的是哪一项？",
                        3,
                        4,
                        "a > c",
                        "a = c",
                        "无法比较 & 无解",
                        "a < c"));
    }

    private static List<SampleItem> theoryMultiple() {
        return List.of(
                multiple(
                        "T-M01",
                        "下列哪些属于个人高压防护用品？",
                        List.of(0, 1, 3),
                        6,
                        "绝缘手套",
                        "护目镜",
                        "布质围裙",
                        "绝缘鞋"),
                multiple(
                        "T-M02",
                        "动力电池管理系统（BMS）监测下列哪些参数？",
                        List.of(0, 1, 2),
                        6,
                        "单体电压",
                        "温度",
                        "总电流",
                        "轮胎花纹深度"),
                multiple(
                        "T-M03",
                        "Which of these are charging modes for electric vehicles?",
                        List.of(0, 2),
                        6,
                        "AC charging",
                        "steam charging",
                        "DC fast charging",
                        "diesel charging"),
                multiple(
                        "T-M04",
                        "发生电池热失控时，正确的措施有哪些？",
                        List.of(0, 1, 3),
                        6,
                        "立即疏散人员",
                        "拨打 119",
                        "用手触摸电池箱判断温度",
                        "保持安全距离并用大量水降温"));
    }

    private static List<SampleItem> theoryTrueFalse() {
        return List.of(
                trueFalse("T-J01", "绝缘手套每次使用前都应做充气检查。", true, 2),
                trueFalse("T-J02", "拔下维修开关后可以立即接触高压端子。", false, 2),
                trueFalse(
                        "T-J03",
                        "The vehicle chassis may be used as the return path of the high-voltage"
                                + " system.",
                        false,
                        2),
                trueFalse("T-J04", "高压作业应当有专人监护。", true, 2),
                trueFalse("T-J05", "动力电池只要外观完好就不需要检测绝缘。", false, 2),
                trueFalse("T-J06", "充电结束后应先停止充电再拔下充电枪。", true, 2));
    }

    private static List<SampleItem> theoryEntries() {
        return List.of(
                new SampleItem.Entry(
                        "T-F01", "填空题", "动力电池管理系统的英文缩写是", "。", "string", List.of("BMS", "bms"), 4),
                new SampleItem.Entry(
                        "T-F02",
                        "填空题",
                        "由 96 只 3.2 V 单体串联的电池组，总标称电压约为",
                        "V（保留一位小数）。",
                        "float",
                        List.of("307.2"),
                        4),
                new SampleItem.Entry(
                        "T-F03", "填空题", "高压下电后，一般至少等待", "分钟再验电。", "integer", List.of("5"), 4));
    }

    static Map<String, List<SampleItem>> practice() {
        Map<String, List<SampleItem>> sections = new LinkedHashMap<>();
        sections.put(
                "一、操作判断（每题 10 分）",
                List.of(
                        single(
                                "P-S01",
                                "验电时发现母线电压为 36 V 且缓慢下降，应当怎样做？",
                                0,
                                10,
                                "继续等待并再次验电",
                                "立即拆卸",
                                "短接放电",
                                "合上维修开关"),
                        new SampleItem.Choice(
                                "P-S02",
                                "单选题",
                                "下图电池组中任一只单体开路后，电池组会怎样？",
                                false,
                                List.of("完全断电", "仍能供电，容量下降", "电压加倍", "没有影响"),
                                List.of(1),
                                true,
                                10),
                        single(
                                "P-S03",
                                "更换电机控制器后第一步应当做什么？",
                                2,
                                10,
                                "路试",
                                "清洗车辆",
                                "检查冷却液与高压连接",
                                "快充"),
                        single(
                                "P-S04",
                                "用兆欧表测绝缘时，黑表笔应接哪里？",
                                1,
                                10,
                                "高压正极",
                                "车身接地点",
                                "低压正极",
                                "充电口")));
        sections.put(
                "二、操作要点（每题 12 分，少选得部分分，错选扣分）",
                List.of(
                        multiple(
                                "P-M01",
                                "下电操作中必须做到哪几项？",
                                List.of(0, 1, 2),
                                12,
                                "关闭点火开关",
                                "取下维修开关并保管",
                                "挂警示牌",
                                "打开音响"),
                        multiple(
                                "P-M02",
                                "下列哪些情形必须中止作业？",
                                List.of(0, 3),
                                12,
                                "绝缘手套破损",
                                "同事路过",
                                "天气晴朗",
                                "监护人离开")));
        sections.put(
                "三、数据记录（每题 8 分）",
                List.of(
                        new SampleItem.Entry(
                                "P-F01",
                                "填空题",
                                "绝缘电阻合格下限为每伏",
                                "欧姆（写整数）。",
                                "integer",
                                List.of("500"),
                                8),
                        new SampleItem.Entry(
                                "P-F02",
                                "填空题",
                                "400 V 系统的绝缘电阻至少应为",
                                "千欧（写整数）。",
                                "integer",
                                List.of("200"),
                                8)));
        sections.put(
                "四、操作报告（20 分）",
                List.of(
                        new SampleItem.Written(
                                "P-ESSAY-1", "操作报告", "写出一次绝缘故障排查的过程：现象、测量数据、判断、处理与复检。", 12, 20)));
        return sections;
    }
}
