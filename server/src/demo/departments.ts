/** Departments as the matter texts name them; each tenant maps them to units of its own tree. */

export const departmentKeys = [
  '城管', '住建', '人社', '教育', '公安', '交通', '市监', '卫健', '医保', '环保', '农业', '民政', '政务', '文旅',
  '资源', '应急', '消防', '发改', '工信', '水利', '公积金', '税务', '金融', '邮政', '通信', '水务', '供热', '燃气',
  '供电', '公交',
] as const

export type DepartmentKey = (typeof departmentKeys)[number]
