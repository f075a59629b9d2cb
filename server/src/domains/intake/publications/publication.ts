// States of a publication as a table, and what each allows. Pure.
export const publicationStates = ['draft', 'review', 'approved', 'published', 'withdrawn'] as const
export type PublicationState = (typeof publicationStates)[number]
export const stateNames: Record<PublicationState, string> = { draft: '草稿', review: '待审核', approved: '待发布', published: '已发布', withdrawn: '已撤回' }
export const kindNames = { notice: '公告', hot: '热点', case: '典型案例', result: '办理结果', intro: '中心介绍', faq: '问答' } as const

export type PublicationAct = 'edit' | 'submit' | 'approve' | 'sendBack' | 'publish' | 'withdraw'
export const actNames: Record<PublicationAct, string> = { edit: '修改', submit: '送审', approve: '审核通过', sendBack: '退回修改', publish: '发布', withdraw: '撤回' }

/** From where an act may be done, and where it leads. What was approved is not edited: it would no longer be what was reviewed. */
export const transitions: Record<Exclude<PublicationAct, 'publish'>, { from: readonly PublicationState[]; to: PublicationState }> = {
  edit: { from: ['draft', 'withdrawn'], to: 'draft' },
  submit: { from: ['draft'], to: 'review' },
  approve: { from: ['review'], to: 'approved' },
  sendBack: { from: ['review'], to: 'draft' },
  withdraw: { from: ['review', 'approved', 'published'], to: 'withdrawn' },
}

export const mayDo = (act: Exclude<PublicationAct, 'publish'>, state: PublicationState): boolean => transitions[act].from.includes(state)
