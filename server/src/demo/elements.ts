/** The element catalogue: what an agent asks for, by name, with a pattern from which the demo makes values. */

export type ElementType = 'text' | 'number' | 'date' | 'choice'

export interface DemoElement {
  code: string
  name: string
  type: ElementType
  /** Asked of help, complaint and report; never of a consultation, suggestion or praise. */
  required: boolean
  /** Choices; empty for other types. */
  options: string[]
  unit: string | null
  /** What agent or robot says to ask for it. */
  prompt: string
  /** Shown masked to those without the right. */
  masked: boolean
}

export interface ElementDefinition {
  name: string
  code: string
  type: ElementType
  prompt: string
  /** Template of a value; a choice picks from its options, a date is `min-max` days ago. */
  pattern: string
  options?: string[]
  unit?: string
  masked?: boolean
}

const text = (name: string, code: string, prompt: string, pattern: string, masked = false): ElementDefinition => ({
  name, code, type: 'text', prompt, pattern, masked,
})
const number = (name: string, code: string, prompt: string, pattern: string, unit: string): ElementDefinition => ({
  name, code, type: 'number', prompt, pattern, unit,
})
const date = (name: string, code: string, prompt: string, pattern: string): ElementDefinition => ({
  name, code, type: 'date', prompt, pattern,
})
const choice = (name: string, code: string, prompt: string, options: string): ElementDefinition => ({
  name, code, type: 'choice', prompt, pattern: '', options: options.split(' '),
})

const definitions: ElementDefinition[] = [
  text('户号', 'accountNo', '请您报一下缴费单或手机缴费页面上的户号。', '80{10000000-99999999}'),
  number('室温', 'roomTemp', '现在家里温度计显示多少度？', '{11-16}', '℃'),
  text('楼栋单元', 'building', '请问是几号楼几单元？', '{楼单元}'),
  text('店铺名称', 'shopName', '请问是哪家店，招牌上写的什么名字？', '{店}'),
  text('公司名称', 'companyName', '请问单位全称是什么？', '{公司}'),
  text('物业公司名称', 'propertyCompany', '请问小区现在是哪家物业公司在管理？', '{物业}'),
  text('培训机构名称', 'trainingOrg', '请问培训机构叫什么名字？', '{培训}'),
  text('工程名称', 'project', '请问是哪个工地，围挡上写的什么项目？', '{工地}'),
  text('楼盘名称', 'estateProject', '请问楼盘的推广名是什么？', '{楼盘}'),
  text('学校名称', 'school', '请问是哪所学校或幼儿园？', '{学校}'),
  text('医院名称', 'hospital', '请问是哪家医院？', '{医院}'),
  text('接种单位', 'clinic', '请问是哪个社区卫生服务中心或卫生院？', '{卫生站}'),
  text('景区名称', 'scenicSpot', '请问是哪个景区？', '{景区}'),
  text('市场名称', 'marketName', '请问是哪个市场？', '{市场}'),
  text('停车场名称', 'carPark', '请问是哪个停车场？', '{停车场}'),
  text('平台名称', 'platform', '请问是在哪个平台上发生的？', '{平台}'),
  text('银行名称', 'bank', '请问是哪家银行的哪个网点？', '{银行}'),
  text('保险公司', 'insurer', '请问保单是哪家保险公司的？', '{保险}'),
  text('快递公司', 'courier', '请问是哪家快递公司？', '{快递}'),
  text('运营商', 'carrier', '请问是哪家运营商？', '{运营商}'),
  text('商品名称', 'goods', '请问购买的是什么商品或服务？', '{商品}'),
  text('服务事项', 'serviceItem', '请问您办的是什么事项？', '{事项}'),
  text('办理窗口', 'counter', '请问是哪个大厅、几号窗口？', '{3-46}号窗口'),
  text('公厕位置', 'toiletPlace', '请问公厕在什么位置？', '{路}与{路2}交叉口'),
  text('地点补充', 'placeNote', '请说一下附近有什么明显的标志物。', '[{路}尽头|{路}加油站对面|{社区}居委会后面|河堤旁边|老仓库院内]'),
  text('村组', 'villageGroup', '请问是哪个村、第几组？', '{村}{组}'),
  text('建设内容', 'buildKind', '请问搭建的是什么？', '[阳光房|彩钢棚|砖混小房|地下室]'),
  text('设施编号', 'facilityNo', '灯杆或井盖上如有编号，请您报一下。', '{设施号}'),
  text('电梯编号', 'liftNo', '轿厢内有一张使用标志，请报一下上面的设备编号。', 'LC{100000-999999}'),
  text('设备名称', 'equipment', '请问是什么设备？', '[室内消火栓|烟感报警器|应急照明|排烟风机]'),
  text('车牌号', 'plateNo', '请问车牌号是多少？', '澜A{3000-9899}{车尾}', true),
  text('线路', 'busLine', '请问是几路车？', '{公交}'),
  text('站点', 'busStop', '请问是哪一站？', '{站}'),
  text('经营时间', 'openHours', '一般是几点到几点？', '[每天17时至23时|早上6时至9时|晚上20时至次日1时]'),
  text('气味描述', 'smell', '请问是什么样的气味？', '[烧塑料味|油漆味|臭鸡蛋味|中药渣味|焦糊味]'),
  text('作物种类', 'crop', '请问种的是什么作物？', '[玉米|水稻|小麦|大豆|土豆|大葱|苹果]'),
  text('家畜种类', 'livestock', '请问养的是什么？', '[羊|鸡|鸭|鹅]'),
  text('受理编号', 'acceptNo', '请您报一下受理单上的编号。', 'LC{2024-2026}{100000-999999}'),
  text('订单号', 'orderNo', '请您报一下订单编号。', '{100000000-999999999}{1000-9999}'),
  text('快递单号', 'waybillNo', '请您报一下快递单号。', 'SL{1000000000-9999999999}'),
  text('宽带账号', 'broadbandNo', '请您报一下宽带账号。', 'lc{10000000-99999999}', true),
  text('公积金账号', 'fundNo', '请您报一下公积金个人账号。', '99{10000000-99999999}', true),
  text('公交卡号', 'busCardNo', '请您报一下卡面上的卡号。', '9901{10000000-99999999}'),
  text('派出所', 'policeStation', '请问是哪个派出所？', '{街道简称}派出所'),
  number('涉及金额', 'amount', '请问涉及的金额大概是多少？', '{金额数}', '元'),
  number('涉及人数', 'headcount', '请问一共有多少人有同样的情况？', '{6-45}', '人'),
  number('拖欠月数', 'monthsOwed', '请问拖欠了几个月？', '{2-6}', '个月'),
  number('消费金额', 'spent', '请问一共消费了多少钱？', '{180-960:20}', '元'),
  number('拖欠工资额', 'wagesOwed', '请问一共拖欠了多少工资？', '[{8-24}000|{8-24}600]', '元'),
  number('涉企金额', 'businessAmount', '请问涉及的金额大概是多少万元？', '{12-96}', '万元'),
  number('涉及本金', 'principal', '请问本金大概是多少？', '[{2-9}0000|{2-18}5000]', '元'),
  number('面积', 'fieldArea', '请问面积大概有多少亩？', '{2-14}', '亩'),
  number('房屋面积', 'floorArea', '请问房屋面积大概是多少平方米？', '{58-140}', '平方米'),
  number('受灾面积', 'damagedArea', '请问受影响的面积有多少亩？', '{2-18}', '亩'),
  date('起始时间', 'since', '请问是从哪一天开始的？', '1-6'),
  date('发生时间', 'happenedOn', '请问是哪一天、大概几点发生的？', '1-9'),
  date('购买时间', 'boughtOn', '请问是什么时候购买的？', '9-60'),
  date('报名时间', 'enrolledOn', '请问是什么时候报名的？', '60-300'),
  date('交房时间', 'handoverOn', '请问合同约定或实际交房是什么时候？', '90-340'),
  date('就诊时间', 'visitedOn', '请问是哪一天就诊的？', '1-25'),
  choice('施工时间段', 'noisePeriod', '请问一般在什么时段？', '夜间22时以后 清晨6时以前 午休时段 全天'),
  choice('排放时段', 'emitPeriod', '请问什么时段最明显？', '夜间 凌晨 傍晚 午后'),
  choice('污染类型', 'pollution', '请问主要是哪一类问题？', '扬尘 带泥上路 围挡破损 裸土未覆盖'),
  choice('垃圾种类', 'wasteKind', '请问是哪一类垃圾？', '生活垃圾 建筑垃圾 大件垃圾 园林垃圾'),
  choice('设施类型', 'facilityKind', '请问是哪一类设施？', '座椅 护栏 健身器材 指示牌 自助终端'),
  choice('身份类别', 'personKind', '请问属于哪种情况？', '普通居民 低保家庭 低保边缘家庭 残疾人 八十岁以上老人 退役军人'),
  choice('证件类型', 'paperKind', '请问是哪种证件？', '身份证 户口簿 居住证 驾驶证 社保卡 结婚证'),
  choice('社保险种', 'insuranceKind', '请问是哪个险种？', '职工养老 城乡居民养老 失业保险 工伤保险'),
  choice('参保类型', 'medicalKind', '请问您参加的是哪种医保？', '职工医保 居民医保'),
  choice('参保地', 'insuredAt', '请问您的参保地在哪里？', '市本级 临澜区 北屏区 望溪县 云渡县 外地'),
  choice('学段', 'schoolStage', '请问孩子在哪个学段？', '小学 初中 高中'),
  choice('年级', 'grade', '请问孩子上几年级？', '一年级 二年级 三年级 四年级 五年级 六年级'),
  choice('就诊科室', 'clinicDept', '请问是哪个科室？', '内科 外科 儿科 骨科 妇产科 急诊科 眼科'),
]

/** The catalogue by element name. */
export const elementCatalogue: ReadonlyMap<string, ElementDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
)
