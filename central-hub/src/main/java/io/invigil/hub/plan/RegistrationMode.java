package io.invigil.hub.plan;

/** How candidates are registered: 按证书 registers all subjects of a level, 按科目 names them. */
public enum RegistrationMode {
    BY_CERTIFICATE,
    BY_SUBJECT
}
