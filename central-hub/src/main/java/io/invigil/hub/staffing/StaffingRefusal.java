package io.invigil.hub.staffing;

/** Why a proctor or an assignment is not taken. Names are stable codes. */
public enum StaffingRefusal {
    PROCTOR_NOT_ALLOWED,
    /** Accounts are opened by certification. */
    PROCTOR_WITHOUT_ACCOUNT,
    PROCTOR_NAME,
    PROCTOR_MOBILE,
    PROCTOR_MOBILE_TAKEN,
    PROCTOR_NAME_DIFFERS,
    PROCTOR_CHANGED_MEANWHILE,
    PROCTOR_CERTIFICATE_UNKNOWN,
    /** 对于已认证的监考证书无法删除. */
    PROCTOR_CERTIFIED,
    /** 若该人员存在已认证的证书，无法删除. */
    PROCTOR_HAS_CERTIFIED,
    PROCTOR_ASSIGNED,
    ASSIGN_ONLY_BODY,
    ASSIGN_TOO_MANY,
    ASSIGN_TWICE,
    ASSIGN_UNKNOWN,
    ASSIGN_NOT_CERTIFIED,
    ASSIGN_OVERLAP,
    ASSIGN_BEGUN
}
