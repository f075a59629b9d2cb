/**
 * The fictional region in five levels. The prefix 99 is assigned to no real place (GB/T 2260), and the
 * names were checked against the national list down to the streets. Coordinates lie in an empty desert.
 */

export interface DemoArea {
  /** 6 digits for region, city, county; 9 for streets and towns; 12 for communities and villages. */
  code: string
  name: string
  /** 宁原省澜川市北屏区…, without separators. */
  fullName: string
  /** 1 region, 2 city, 3 county, 4 street or town, 5 community or village. */
  level: 1 | 2 | 3 | 4 | 5
  parentCode: string | null
  rural: boolean
  lon: number
  lat: number
  /** Road names (streets and towns; inherited by their communities). */
  roads: string[]
  /** Residential estates (communities and villages; for a village those of its town). */
  estates: string[]
}

/** 社区: 小区 小区 小区 — one line per community or village under its street. */
const tree = `
990101 临澜区
990101001 澜湾街道｜望澜路 澜湾大道 听潮街 汇文路 银帆路
  湾头社区：望澜府 银帆花园 听潮小区
  汇文社区：汇文家园 澜湾一号院 书香里
  南堤社区：南堤新村 锦澜苑 湾畔雅居
990101002 书岭街道｜书岭路 学宫街 青藜路 文澜大街
  学宫社区：学宫里 青藜园 文澜小区
  岭下社区：岭下新居 书岭花园 樟林小区
  青藜社区：青藜佳苑 翰景园 书岭东苑
990101003 锦渡街道｜锦渡路 渡口街 织锦巷 临江大道
  渡口社区：渡口新苑 江畔人家 锦渡花园
  织锦社区：织锦坊 原纺织厂家属院 锦绣里
  江沿社区：临江华庭 江沿小区 澜江公寓
990101004 榆桥街道｜榆桥路 铁榆街 工农东路 建业大道
  榆桥社区：榆桥小区 榆荫家园 桥东里
  铁榆社区：铁榆新村 机务段家属院 建业苑
  东营盘社区：营盘家园 东榆小区 瑞榆苑
990102 北屏区
990102001 屏阳街道｜屏阳路 屏北大道 迎晖街 映山路
  迎晖社区：迎晖园 屏阳小区 映山花园
  映山社区：映山红小区 屏北家园 晖景苑
  屏北社区：屏北新城 阳光里 北屏公馆
990102002 石坞街道｜石坞路 采石街 坞南路 环山东路
  石坞社区：石坞新村 采石厂家属院 山水里
  坞南社区：坞南小区 环山雅居 石坞花园
  白岩社区：白岩家园 岩景苑 坞里人家
990102003 松崖街道｜松崖路 听松街 科创大道 凌云路
  听松社区：听松小区 松崖花园 凌云阁
  科苑社区：科苑新村 松涛公寓 创新里
  凌云社区：凌云家园 松语苑 崖上城
990102004 柳汀街道｜柳汀路 汀洲街 荷风路 滨河北路
  汀洲社区：汀洲苑 柳岸小区 荷风里
  荷风社区：荷风雅苑 柳汀花园 滨河家园
  柳岸社区：柳岸新城 汀兰公寓 河畔小区
990103 望溪县
990103001 溪阳街道｜溪阳路 望溪大街 县前街 文化路
  县前社区：县前小区 望溪花园 溪阳家园
  文昌社区：文昌里 溪景苑 望溪名邸
  城南社区：城南新居 溪阳佳园 南门小区
990103100 青砚镇｜砚台街 青砚大道 集贤路
  砚池村：砚池家园 青砚新村
  青石桥村：青石桥新居 集贤小区
  墨溪村：墨溪家园 青砚新村
990103101 禾堰镇｜禾堰街 丰登路 堰口路
  堰口村：堰口新村 丰登小区
  丰禾村：丰禾家园 禾堰小区
  上圩村：上圩新居 禾堰小区
990103102 鹿坪镇｜鹿坪街 茶园路 坪山路
  鹿鸣村：鹿鸣新居 鹿坪小区
  茶坪村：茶坪家园 鹿坪小区
  后坞村：后坞新村 茶园小区
990104 云渡县
990104100 云帆镇｜云帆大道 渡云街 迎宾路
  渡云社区：渡云小区 云帆花园 迎宾苑
  帆落村：帆落新居 云帆花园
  沙湾头村：沙湾家园 云帆花园
990104101 枫渚镇｜枫渚街 红枫路 渚南路
  红枫村：红枫新村 枫渚小区
  渚南村：渚南家园 枫渚小区
  大岔口村：岔口新居 枫渚小区
990104102 岭桥镇｜岭桥街 桥西路 梨园路
  桥西村：桥西新村 岭桥小区
  梨花沟村：梨花家园 岭桥小区
  石门坎村：石门新居 岭桥小区
`

const origin = { lon: 101.62, lat: 40.28 }

function build(): DemoArea[] {
  const areas: DemoArea[] = []
  const open: (DemoArea | undefined)[] = []
  const add = (level: DemoArea['level'], code: string, name: string, rest: Partial<DemoArea> = {}) => {
    const parent = open[level - 1]
    const nth = areas.filter((area) => area.parentCode === (parent?.code ?? null)).length
    const step = [0, 0, 0, 0.24, 0.05, 0.012][level] ?? 0
    const area: DemoArea = {
      code,
      name,
      fullName: (parent?.fullName ?? '') + name,
      level,
      parentCode: parent?.code ?? null,
      rural: false,
      lon: Number(((parent?.lon ?? origin.lon) + step * (nth % 2 === 0 ? 1 : -1)).toFixed(5)),
      lat: Number(((parent?.lat ?? origin.lat) + step * (nth < 2 ? 1 : -1) * 0.8).toFixed(5)),
      roads: parent?.roads ?? [],
      estates: [],
      ...rest,
    }
    areas.push(area)
    open[level] = area
    return area
  }
  add(1, '990000', '宁原省')
  add(2, '990100', '澜川市')
  for (const line of tree.trim().split('\n')) {
    const county = /^(\d{6}) (.+)$/.exec(line)
    const street = /^(\d{9}) (.+)｜(.+)$/.exec(line)
    const community = /^ {2}(.+)：(.+)$/.exec(line)
    if (county?.[1] && county[2]) add(3, county[1], county[2])
    else if (street?.[1] && street[2] && street[3])
      add(4, street[1], street[2], { roads: street[3].split(' '), rural: street[2].endsWith('镇') })
    else if (community?.[1] && community[2]) {
      const town = open[4]
      if (!town) throw new Error(`community before its street: ${line}`)
      const nth = areas.filter((area) => area.parentCode === town.code).length + 1
      const rural = community[1].endsWith('村')
      const code = town.code + String(rural ? 200 + nth - 1 : nth).padStart(3, '0')
      add(5, code, community[1], { rural, estates: community[2].split(' ') })
    } else throw new Error(`area line not understood: ${line}`)
  }
  return areas
}

/** All areas, parents before children. */
export const demoAreas: readonly DemoArea[] = build()

const byCode = new Map(demoAreas.map((area) => [area.code, area]))

/** The area of a code; throws on an unknown one. */
export function areaOf(code: string): DemoArea {
  const area = byCode.get(code)
  if (!area) throw new Error(`no demo area ${code}`)
  return area
}

/** The area and its ancestors, nearest first. */
export function areaPath(code: string): DemoArea[] {
  const area = areaOf(code)
  return area.parentCode ? [area, ...areaPath(area.parentCode)] : [area]
}

/** Direct children in order. */
export function areasUnder(code: string): DemoArea[] {
  return demoAreas.filter((area) => area.parentCode === code)
}

/** Communities and villages, where appeals arise. */
export const demoCommunities: readonly DemoArea[] = demoAreas.filter((area) => area.level === 5)
