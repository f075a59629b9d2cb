/** Ways in which a person likes the list of similar orders ordered; kept on this machine. */
export const sorters = ['score', 'newest', 'nearest'] as const
export type Sorter = (typeof sorters)[number]
