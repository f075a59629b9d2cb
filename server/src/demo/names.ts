/** Ordinary names put together from syllables; no real person is meant. */
import type { Rng } from './rng.ts'

export type Sex = 'male' | 'female'

export interface PersonName {
  name: string
  /** Pinyin without tones or spaces: surname first. */
  pinyin: string
  surname: string
}

type Syllable = readonly [character: string, pinyin: string]

const syllables = (text: string): Syllable[] =>
  text.trim().split(/\s+/).map((item) => [item.slice(0, 1), item.slice(1)])

const surnames = syllables(`
  王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 高gao 林lin 罗luo
  郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 冯feng 韩han 曹cao 曾zeng 彭peng 萧xiao 蔡cai 潘pan 田tian 董dong 袁yuan 于yu 余yu
  叶ye 蒋jiang 杜du 苏su 魏wei 程cheng 吕lv 丁ding 沈shen 任ren 姚yao 卢lu 傅fu 钟zhong 姜jiang 崔cui 谭tan 廖liao 范fan 汪wang
  石shi 金jin 贾jia 夏xia 付fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 段duan 雷lei 龚gong
`)

const first: Record<Sex, Syllable[]> = {
  male: syllables('建jian 志zhi 海hai 立li 永yong 学xue 明ming 俊jun 浩hao 宏hong 新xin 庆qing 东dong 成cheng 光guang 家jia 振zhen 景jing 兴xing 树shu 少shao 守shou 长chang 传chuan 其qi 广guang 启qi 承cheng'),
  female: syllables('晓xiao 秀xiu 雪xue 海hai 玉yu 小xiao 雅ya 淑shu 慧hui 文wen 思si 佳jia 梦meng 红hong 凤feng 月yue 美mei 金jin 亚ya 翠cui 素su 若ruo 欣xin 春chun 爱ai 彩cai'),
}

const last: Record<Sex, Syllable[]> = {
  male: syllables('林lin 峰feng 波bo 辉hui 涛tao 刚gang 松song 祥xiang 生sheng 良liang 民min 彬bin 森sen 康kang 川chuan 岩yan 田tian 才cai 义yi 旺wang 海hai 山shan 福fu 胜sheng 清qing 根gen 堂tang 轩xuan'),
  female: syllables('芳fang 娟juan 敏min 静jing 霞xia 燕yan 玲ling 梅mei 萍ping 琴qin 莉li 婷ting 洁jie 倩qian 蓉rong 香xiang 荣rong 珍zhen 华hua 英ying 云yun 芬fen 凤feng 琳lin 瑶yao 菊ju 艳yan 宁ning'),
}

/** A name for a person of a sex; one in eight has a single given character. */
export function makeName(rng: Rng, sex: Sex): PersonName {
  const surname = rng.pick(surnames)
  const given = rng.chance(0.125) ? [rng.pick(last[sex])] : [rng.pick(first[sex]), rng.pick(last[sex])]
  const distinct = given.filter(([character], index) => given.findIndex(([other]) => other === character) === index)
  return {
    name: surname[0] + distinct.map(([character]) => character).join(''),
    pinyin: surname[1] + distinct.map(([, pinyin]) => pinyin).join(''),
    surname: surname[0],
  }
}
