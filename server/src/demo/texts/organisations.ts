/** Made-up shops, firms, schools and other bodies; the coined syllables belong to the fictional city. */
import { areaPath, type DemoArea } from '../areas.ts'
import type { Rng } from '../rng.ts'

const coined = [
  '澜惠', '宁佳', '屏盛', '溪悦', '渡丰', '澜鑫', '宁拓', '临禾', '榆兴', '松泰', '汀悦', '砚诚', '岭旺', '书岭', '锦渡', '坞里', '澜启', '屏安',
]

const oneOf = (text: string) => text.split(' ')

const endings: Record<string, string[]> = {
  店: oneOf('生活馆 便利店 美发店 家居店 数码店 烟酒店 水果店 理发店 汽修店 服装店 母婴店 养生馆'),
  美发店: oneOf('美发 造型 理发店'),
  美容店: oneOf('美容院 皮肤管理中心 美容会所'),
  家居店: oneOf('家具城 全屋定制 家居馆'),
  电器店: oneOf('电器商城 家电卖场 数码店'),
  汽车店: oneOf('汽贸 汽车销售服务店'),
  保健店: oneOf('养生馆 健康生活馆 康养体验店'),
  母婴店: oneOf('母婴店 孕婴生活馆'),
  车行: oneOf('车行 电动车专卖店'),
  农资店: oneOf('农资店 种子站'),
  纪念品店: oneOf('纪念品店 玉石行'),
  酒店: oneOf('大酒店 宴会中心 宾馆'),
  旅行社: oneOf('旅行社 国际旅行社'),
  驾校: oneOf('驾校 驾驶培训学校'),
  超市: oneOf('超市 生鲜超市 购物广场 连锁超市'),
  饭店: oneOf('家常菜馆 烧烤店 火锅店 饺子馆 面馆 土菜馆 羊汤馆 大排档'),
  公司: oneOf('商贸有限公司 建筑劳务有限公司 装饰工程有限公司 机械有限公司 食品有限公司 物流有限公司 科技有限公司 纺织有限公司'),
  工厂: oneOf('木业厂 铸造厂 塑料制品厂 化工厂 家具厂 食品加工厂 石材厂'),
  物业: oneOf('物业 物业服务公司'),
  培训: oneOf('教育 艺术培训 舞蹈培训 英语培训 书画培训'),
  健身房: oneOf('健身 健身游泳馆 健身俱乐部'),
  楼盘: oneOf('云筑 江山府 书香华府 城市之光 悦府 澜园'),
  养老院: oneOf('养老院 颐养中心 护理院'),
  合作社: oneOf('种植专业合作社 农机专业合作社 果蔬合作社'),
  快递: oneOf('速递 快运'),
}

const fixed: Record<string, string[]> = {
  平台: oneOf('澜淘商城 宁选优品 乐购快团 云渡生活'),
  旅行平台: oneOf('澜途旅行 宁游网 云渡假期'),
  出行平台: oneOf('澜行出行 屏安约车 宁畅出行'),
  银行: oneOf('澜川农商银行 宁原银行 澜江银行'),
  保险: oneOf('宁原人寿 澜川财险 安澜保险'),
  运营商: oneOf('宁原联信 澜川通达 屏通宽带'),
  景区: oneOf('北屏山景区 澜江湿地公园 鹿坪古道景区 云渡古镇 望溪书院景区'),
  医院: oneOf('市第一人民医院 市第二人民医院 市中医院 市妇幼保健院'),
  市场: oneOf('榆桥农贸市场 锦渡菜市场 屏阳综合市场 柳汀早市 溪阳农贸市场'),
  站: oneOf('火车站广场 市图书馆 榆桥路口 锦渡广场 市民中心 屏阳路东 体育馆 老城门 人民医院 科创园 客运总站 汇文路'),
  商品: oneOf('电饭煲 洗衣机 手机 空调 扫地机器人 羽绒服 运动鞋 儿童座椅 热水器 平板电脑 冰箱'),
  食品: oneOf('面包 酸奶 火腿肠 饼干 熟食 饮料'),
  事项: oneOf('营业执照变更 不动产过户 社保转移 公积金提取 居住证 食品经营许可 老年优待证 灵活就业登记'),
}

const projects = oneOf('二期工程 安置房项目 商业广场项目 学校新建工程 污水管网改造工程 综合体项目')

/** 澜湾街道 → 澜湾. */
export function shortStreet(community: DemoArea): string {
  const street = areaPath(community.code)[1]
  return (street?.name ?? community.name).replace(/(街道|镇)$/, '')
}

/** A name of the kind; streets name their own schools, parks and clinics. */
export function nameOrganisation(rng: Rng, kind: string, community: DemoArea): string | null {
  const street = shortStreet(community)
  const town = areaPath(community.code)[1]?.name.endsWith('镇') ?? false
  switch (kind) {
    case '小学': return street + rng.pick(['小学', '实验小学', '中心小学'])
    case '中学': return street + rng.pick(['中学', '初级中学'])
    case '学校': return street + rng.pick(['小学', '中学', '实验学校'])
    case '幼儿园': return street + rng.pick(['幼儿园', '中心幼儿园', '机关幼儿园'])
    case '卫生站': return street + (town ? '镇卫生院' : '社区卫生服务中心')
    case '公园': return street + rng.pick(['公园', '体育公园', '滨河公园'])
    case '停车场': return street + rng.pick(['商场停车场', '公共停车场', '立体停车场'])
    case '工地': return street + rng.pick(projects)
    case '公交': return `${rng.int(2, 68)}路`
    default: {
      const names = fixed[kind]
      if (names) return rng.pick(names)
      const ending = endings[kind]
      if (!ending) return null
      const name = rng.pick(coined) + rng.pick(ending)
      return kind === '公司' ? `宁原${name}` : name
    }
  }
}
