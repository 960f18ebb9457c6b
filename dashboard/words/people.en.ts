// Texts of sign-in, account, people, accounts, audit and verification in English.

export const peopleEn = {
  roles: {
    noc: 'NOC',
    officer: 'Officer',
    approver: 'Official',
    requester: 'Requester',
    auditor: 'Auditor',
    admin: 'Admin',
  },
}
