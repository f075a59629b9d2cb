// Texts of 联合评审.
import { defineTexts } from '../../ui/texts.ts'

export const j = defineTexts({
  joint: '联合评审', open: '发起联合评审', points: '拟评得分', reason: '评审意见', leader: '组长', experts: '专家', opened: '已发起，{n} 人待表态', none: '没有联合评审', noneHint: '结果有争议时，可请组长和专家一起评定；全部确认后才生效。',
  confirm: '确认', object: '不同意', objectReason: '不同意的理由', change: '修改意见', end: '终止评审', endReason: '终止原因', round: '第 {n} 稿', changed: '意见已修改，请各位重新表态', ended: '评审已终止，得分不变', said: '已表态', agreed: '全体已确认，得分已更新', proposal: '{old} → {points} 分', confirmed: '{n}/{all} 人已确认', task: '对象', state: '状态', at: '发起时间', by: '发起人', agent: '被检人', progress: '确认', mine: '待我表态', running: '评审中', done: '全体确认', stopped: '已终止',
})
