/** Age ranges as orders and requesters store them. */
export const ageRanges = ['18岁以下', '18-30岁', '31-45岁', '46-60岁', '60岁以上'] as const
