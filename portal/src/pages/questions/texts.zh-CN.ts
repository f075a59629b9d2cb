import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  topics: '专题', topicGone: '这个专题已经下线',
  report: '内容有误，我要纠错', reportGap: '没有我要的内容，告诉热线', reportKind: '问题', 'kind.wrong': '内容错误', 'kind.outdated': '内容过时', 'kind.contact': '电话地址有误', 'kind.gap': '内容缺失', reportText: '请说明', reported: '已收到，谢谢', reportedKeep: '请记下编号和查询码，办结后用它们查看答复；离开本页后不再显示。', reportedNumber: '编号', reportedCode: '查询码', reportedQuery: '去查询', reportedTold: '已收到，编号 {number}，处理结果会发到您的消息', captchaAlt: '图片验证码，看不清可改用口算题', captchaPicture: '图中的数字', captchaWords: '答案（数字）', captchaAgain: '换一个', captchaToWords: '看不清，改用口算题', captchaToPicture: '改用图片', send: '提交', cancel: '取消',
  policies: '政策信息', policiesIntro: '与您有关的政策，按您关注的领域和身份排在前面', follow: '我关注', noPolicies: '还没有公开的政策', like: '点赞 {n}', 'why.group': '与您的身份有关', 'why.interest': '您关注的', 'why.hot': '近期热点',
  title: '常见问题', intro: '办事指南、时限和热线使用方法，先查一查，多数问题马上有答案', search: '搜问题', holder: '例如：噪音扰民找谁', go: '搜索', categories: '分类', all: '全部', empty: '没有找到合适的答案', emptyText: '可以换个说法，或者把问题直接提交给我们', submit: '提交诉求', none: '还没有公开的问答', clear: '看全部',
  gone: '这条问答已经下架', goneText: '内容可能已更新，请重新搜索', back: '返回常见问题', source: '来源：热线中心', sourceOf: '来源：{name}', basis: '依据', contact: '咨询方式', files: '附件', version: '第 {n} 版', updated: '{at} 更新', valid: '有效期至 {at}', useful: '有用 {n}', useless: '没用 {n}', vote: '这个回答有用吗', voted: '谢谢，已记录', keep: '收藏', unkeep: '取消收藏', keptDone: '已收藏，在“公告与案例”的收藏里查看', keptGone: '已取消收藏', still: '没解决您的问题？', related: '相关问题', toMatter: '就“{name}”提交诉求', ask: '问一问或转人工',
} as const)
