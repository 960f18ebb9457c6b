// The number of a civil servant as papers write it.

/** 196409151990021002 → "19640915 199002 1 002"; anything else as it is. */
export const nipInGroups = (nip: string): string => nip.replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, '$1 $2 $3 $4')
