/** Enterprises of the demo city, all made up; credit codes carry a valid check digit and begin with the made-up area 99. */
export interface DemoEnterprise {
  creditCode: string
  name: string
  aliases: string[]
  areaCode: string
  address: string
  ownership: string
  industry: string
  size: string
  labels: string[]
  source: string
}

const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The last sign of a unified social credit code (GB 32100). */
function withCheck(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * signs.indexOf(first17.charAt(at)), 0)
  return first17 + signs.charAt((31 - (sum % 31)) % 31)
}

const table = `
宁原澜湾食品有限公司｜澜湾食品 澜湾面包｜990101｜食品路18号｜民营｜食品制造｜中型｜重点企业
宁原临澜商贸有限公司｜临澜超市｜990101｜商贸大道6号｜民营｜批发零售｜小型｜
澜川市供热集团有限公司｜供热集团 供热公司｜990100｜热源路1号｜国有｜电力热力供应｜大型｜公用事业
澜川市自来水有限公司｜自来水公司 水司｜990100｜水厂路3号｜国有｜水的生产和供应｜大型｜公用事业
澜川市燃气有限公司｜燃气公司 煤气公司｜990100｜气源街9号｜国有｜燃气生产和供应｜大型｜公用事业
宁原北屏机械有限公司｜北屏机械｜990102｜工业园区2号｜民营｜通用设备制造｜中型｜园区企业
宁原青禾农业科技有限公司｜青禾种业｜990103｜青禾村｜民营｜农业｜小型｜涉农
澜川安居物业服务有限公司｜安居物业｜990101｜安居里1号｜民营｜物业管理｜中型｜
宁原捷运物流有限公司｜捷运快递｜990102｜物流园A区｜民营｜交通运输｜中型｜
澜川云帆教育科技有限公司｜云帆培训｜990101｜学府街22号｜民营｜教育培训｜小型｜预付费
宁原远航装饰工程有限公司｜远航装饰｜990102｜建材城3栋｜民营｜建筑装饰｜小型｜
澜川宜康健身管理有限公司｜宜康健身｜990101｜体育路7号｜民营｜体育健身｜微型｜预付费
`

export const demoEnterprises: DemoEnterprise[] = table.trim().split('\n').map((line, at) => {
  const [name = '', aliases = '', areaCode = '', address = '', ownership = '', industry = '', size = '', label = ''] = line.split('｜')
  return { creditCode: withCheck(`91${areaCode}MA${String(at).padStart(3, '0')}LC${String(at % 10)}0`.slice(0, 17).padEnd(17, '0')), name, aliases: aliases.split(' ').filter(Boolean), areaCode, address, ownership, industry, size, labels: label ? [label] : [], source: '示范数据' }
})
