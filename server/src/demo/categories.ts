/** Classification trees: 归口 in three levels, 行业问题分类 in two, 行业主管部门 in one. */
import { departmentKeys, type DepartmentKey } from './departments.ts'
import { demoFields, demoMatters, matterOfCode } from './matters/index.ts'
import { unitForDepartment } from './units.ts'

export type DemoScheme = 'category' | 'industry' | 'competentDept'

export interface DemoCategory {
  scheme: DemoScheme
  code: string
  name: string
  level: number
  parentCode: string | null
  sort: number
  /** Names of some matters that belong here. */
  examples: string | null
  /** The competent unit of the city tenant, where the node has one. */
  ownerUnitCode: string | null
}

const pad = (index: number) => String(index + 1).padStart(2, '0')

/** Category code by directory code. */
const categoryByDirectory = new Map<string, string>()

function buildCategories(): DemoCategory[] {
  const nodes: DemoCategory[] = []
  const node = (code: string, name: string, parentCode: string | null, sort: number, examples: string | null = null) =>
    nodes.push({ scheme: 'category', code, name, level: code.length / 2, parentCode, sort, examples, ownerUnitCode: null })
  const groups = [...new Set(demoFields.map((field) => field.categoryGroup))]
  groups.forEach((group, g) => {
    node(pad(g), group, null, g + 1)
    const fields = demoFields.filter((field) => field.categoryGroup === group)
    fields.forEach((field, f) => {
      const fieldCode = pad(g) + pad(f)
      node(fieldCode, field.name, pad(g), f + 1)
      field.directories.forEach((directory, d) => {
        const code = fieldCode + pad(d)
        node(code, `${directory.name}问题`, fieldCode, d + 1, directory.matters.slice(0, 4).map(({ name }) => name).join('、'))
        categoryByDirectory.set(pad(demoFields.indexOf(field)) + pad(d), code)
      })
      node(`${fieldCode}99`, `其他${field.name}问题`, fieldCode, 99)
    })
  })
  node('99', '其他', null, 99)
  node('9901', '其他事项', '99', 1)
  node('990101', '无法归类的事项', '9901', 1)
  return nodes
}

/** 大类：小类＝directories of the matter directory. */
const industryTree = `
住房和城乡建设：物业管理＝物业服务；房屋质量＝房屋质量与维修；住房保障＝住房保障与公积金；房地产市场＝房产交易与租赁；规划和不动产＝规划与建设管理 不动产登记
城市管理：市容环卫＝市容秩序 环境卫生；市政设施＝市政设施；园林绿化＝园林绿化
公用事业：供水＝供水；供热＝供热；供气＝供气；供电＝供电；通信邮政＝通信服务 邮政快递
交通运输：公共交通＝公共交通 客运与出租；道路与停车＝道路建设与养护 停车管理
人社医保：劳动就业＝劳动报酬 劳动关系 就业创业；社会保险＝社会保险；医疗保障＝参保缴费 待遇报销 经办与基金监管
教育卫生：教育＝招生入学 学校管理 校外培训 学前教育与特殊群体；医疗卫生＝医疗服务 公共卫生 生育与健康保障
民政文旅：民政养老＝社会救助 养老服务 婚姻殡葬与社区治理 残疾人与退役军人保障；文化旅游体育＝旅游服务 文化场所与市场 体育健身
市场与经济：消费维权＝消费维权；食品与产品＝食品安全 价格质量与市场秩序；税务金融＝税费服务 金融服务；涉企服务＝惠企政策 营商环境 要素保障
生态环境：噪声＝噪声污染；大气＝大气污染；水与固废＝水与固体废物污染
公共安全：户政与治安＝户籍证件 社会治安；道路交通安全＝交通管理；消防与应急＝消防安全 安全生产 防灾减灾
农业农村与自然资源：农业农村＝农业生产 农村土地与宅基地 乡村建设 农田水利与防汛抗旱；土地矿产林业＝土地矿产与林业
政务服务：政务服务＝窗口服务 网上办事 作风与热线服务
`

/** Industry code by directory name. */
const industryByDirectory = new Map<string, string>()

function buildIndustries(): DemoCategory[] {
  const nodes: DemoCategory[] = []
  industryTree.trim().split('\n').forEach((line, g) => {
    const [group = '', classes = ''] = line.split('：')
    const base = { scheme: 'industry', ownerUnitCode: null } as const
    nodes.push({ ...base, code: pad(g), name: group, level: 1, parentCode: null, sort: g + 1, examples: null })
    classes.split('；').forEach((item, c) => {
      const [name = '', directories = ''] = item.split('＝')
      const code = pad(g) + pad(c)
      nodes.push({ ...base, code, name, level: 2, parentCode: pad(g), sort: c + 1, examples: directories.replaceAll(' ', '、') })
      for (const directory of directories.split(' ')) industryByDirectory.set(directory, code)
    })
  })
  return nodes
}

const departmentCode = (key: DepartmentKey) => `D${pad(departmentKeys.indexOf(key))}`

function buildDepartments(): DemoCategory[] {
  return departmentKeys.map((key, index) => {
    const unit = unitForDepartment('LC', key)
    return {
      scheme: 'competentDept', code: departmentCode(key), name: unit.name.replace('澜川市', '市'), level: 1, parentCode: null,
      sort: index + 1, examples: null, ownerUnitCode: unit.code,
    }
  })
}

/** Nodes of all three schemes, upper ones first. */
export const demoCategories: readonly DemoCategory[] = [...buildCategories(), ...buildIndustries(), ...buildDepartments()]

const directoryNames = new Map(
  demoFields.flatMap((field, f) => field.directories.map((directory, d): [string, string] => [pad(f) + pad(d), directory.name])),
)

/** The classes of a matter in the three schemes. */
export function classesOf(matterCode: string): Record<DemoScheme, string> {
  const matter = matterOfCode(matterCode)
  const category = categoryByDirectory.get(matter.directoryCode)
  const industry = industryByDirectory.get(directoryNames.get(matter.directoryCode) ?? '')
  if (!category || !industry) throw new Error(`matter ${matterCode} without class`)
  return { category, industry, competentDept: departmentCode(matter.department) }
}

/** Matters by category code. */
export const mattersByCategory: ReadonlyMap<string, string[]> = Map.groupBy(demoMatters.map(({ code }) => code), (code) => classesOf(code).category)
