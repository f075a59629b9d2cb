// What may neither go in nor come out of a machine, nor out in a reply. Names of persons and events of the day are the site's own: they stand in the store of words, filed under the class.
export const safetyClasses = { sovereignty: '国家主权', leaders: '领导人', politics: '政治', pornography: '色情', gambling: '赌博', drugs: '毒品', violence: '暴力', privacy: '个人信息', hotEvent: '社会热点', other: '其他' } as const
export type SafetyClass = keyof typeof safetyClasses
/** Asked about these, the prepared answer is given. */
export const prepared: ReadonlySet<SafetyClass> = new Set(['sovereignty', 'leaders', 'politics'])

/** A word by itself, or a thing with an intent in the same sentence. */
export type SafetyRule = { class: SafetyClass; things: string; intent?: string }
export const safetyRules: readonly SafetyRule[] = [
  { class: 'sovereignty', things: '分裂国家 独立建国 领土独立 煽动分裂 脱离祖国 复辟殖民' },
  { class: 'leaders', things: '领导人 国家主席 总书记 国务院总理', intent: '私生活 丑闻 绯闻 下台 去死 恶搞 辱骂 换头像 段子 情人 政变' },
  { class: 'politics', things: '颠覆国家政权 推翻政府 推翻政权 武装起义 煽动暴乱 反政府组织' },
  { class: 'politics', things: '游行 静坐 示威 罢工 冲击政府 围堵政府', intent: '组织 召集 号召 煽动 一起去 怎么发起 加群 教程' },
  { class: 'pornography', things: '裸聊 招嫖 卖淫服务 约炮 援交 色情网站 成人影片 全套服务上门 包夜' },
  { class: 'pornography', things: '色情 淫秽 裸照 不雅视频', intent: '下载 观看 网址 链接 资源 出售 传播 哪里看 怎么看 发给我 生成' },
  { class: 'gambling', things: '稳赚不赔的博彩 六合彩特码 赌博开户 网赌平台推荐' },
  { class: 'gambling', things: '赌博 赌场 网赌 博彩 六合彩 百家乐 赌球 时时彩 老虎机', intent: '开户 注册 稳赚 包赢 返水 下注 推荐 教你 网址 加群 玩法 哪里玩 怎么玩 代理 必中' },
  { class: 'drugs', things: '冰毒 海洛因 大麻 摇头丸 可卡因 毒品 K粉 麻古 迷药 听话水', intent: '出售 购买 买到 哪里买 怎么买 制作 配方 合成 价格 送货 到付 怎么吸 怎么吃 便宜 渠道' },
  { class: 'violence', things: '买凶 雇凶 杀人教程 砍死你们 杀你全家 弄死你们 炸了政府 炸掉政府 同归于尽的方法' },
  { class: 'violence', things: '炸弹 炸药 枪支 手枪 雷管 燃烧瓶 爆炸物 毒药', intent: '制作 自制 配方 出售 购买 教程 怎么做 哪里买 材料清单 组装 图纸' },
]
/** Whoever tells of it, warns of it or fights it does not offer it. */
export const harmless = ['举报', '反映', '投诉', '打击', '查处', '严禁', '禁止', '禁毒', '防范', '警惕', '拒绝', '取缔', '整治', '涉嫌', '发现', '抓获', '处罚', '宣传', '禁赌', '扫黄', '不得', '严厉', '依法', '远离', '被骗', '报警', '不要', '没有', '戒毒', '疑似']
/** An offer all the same. */
export const offers = ['加微信', '加我', '联系我', '私聊', '加qq', '扫码', '货到付款', '诚招', '点击链接', '电话联系购买', '教你', '告诉我怎么']
export const sceneNames = { input: '公众输入', answer: '机器回答', reply: '办理答复' } as const
export type Scene = keyof typeof sceneNames
export const decisionNames = { pass: '通过', mask: '遮盖', block: '拦截', review: '人工复核' } as const
export type Decision = keyof typeof decisionNames
