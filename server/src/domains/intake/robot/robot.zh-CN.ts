// What the robot says. It never says that it understood what no rule understood.
export const robotTexts = {
  answers: '找到这些，看看是不是您要问的：',
  guide: '可以直接提交诉求，点下面的事项就会带好内容：',
  guideNoMatter: '可以直接提交诉求，您说的话会带过去，由工作人员判断事项：',
  own: '您有正在办理的同类诉求，补充到原来那件会更快：',
  progress: '这是您正在办理的诉求：',
  progressNone: '您没有正在办理的诉求。用别的手机号登记的，可以凭编号和查询码查询。',
  progressSignIn: '请登录后在“我的诉求”查看进度，也可以凭编号和查询码查询。',
  filtered: '您的话里有不便处理的内容，请换个说法。', filteredInput: '（内容已过滤）',
  unknown: '这个问题我答不上来。可以换个说法，或者转人工、提交诉求。',
  unknownAgain: '还是没有找到合适的答案，请转人工，前面的对话客服能看到。',
  human: '好的，转人工客服，前面的对话客服能看到。',
  unsolved: '没有帮到您，请转人工客服或直接提交诉求。',
  thanks: '不客气。还有问题可以接着问。',
  prepared: '提交前请准备：{what}',
} as const

export const outcomeNames = { open: '未结束', solved: '已解决', form: '转去提交', human: '转人工', left: '转留言', order: '形成诉求' } as const
