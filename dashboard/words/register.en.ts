// Texts of the registers (people, accounts, audit) and of the verification page in English.

export const registerEn = {}
