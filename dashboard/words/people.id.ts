// Texts of sign-in, account, people, accounts, audit and verification in Indonesian.

export const peopleId = {
  roles: {
    noc: 'NOC',
    officer: 'Petugas',
    approver: 'Pejabat',
    requester: 'Pemohon',
    auditor: 'Auditor',
    admin: 'Admin',
  },
}
