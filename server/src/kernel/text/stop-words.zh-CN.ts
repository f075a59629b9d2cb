// Words that say nothing about an appeal: particles, pronouns, forms of politeness, and what nearly every letter to a hotline contains.
const words = `的 了 和 是 在 就 都 而 及 与 着 或 一个 没有 我们 你们 他们 她们 它们 我 你 他 她 它 您 咱们 自己 这 那 这个 那个 这些 那些 这样 那样 这里 那里 哪里 什么 怎么 怎样 如何 为何 为什么 多少 几
也 还 又 再 很 太 最 更 非常 十分 比较 已 已经 曾 曾经 将 将要 正在 一直 一些 一种 一下 一点 有些 有的 所有 每 每个 各 各个 某 某些 其 其中 其他 另 另外 别的 从 由 被 把 给 对 对于 关于 向 往 到 以 以及 以后 以前 之 之间 之后 之前 于 因 因为 所以 因此 由于 但 但是 可是 不过 然而 虽然 尽管 如果 假如 只要 只有 除了 无论 不管 即使 而且 并且 并 同时 然后 于是 否则
吗 呢 吧 啊 呀 哦 嗯 哈 嘛 啦 得 地 不 没 无 非 未 别 莫 是否 可 可以 能 能够 会 应 应该 应当 要 需 需要 想 想要 希望 请 请问 谢谢 感谢 您好 你好 尊敬 领导 反映 咨询 投诉 建议 市民 本人 来电 相关 有关 部门 问题 情况 进行 处理 解决
上 下 里 中 内 外 前 后 时 时候 年 月 日 号 个 位 名 次 件 条 种 等 等等 们 第 若 则 此 该 本 其实 真的 确实 左右 目前 现在 今天 昨天 a an the of to in and or is`

export const stopWords: ReadonlySet<string> = new Set(words.split(/\s+/))
