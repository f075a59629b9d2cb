import { defineTexts } from '../kit/texts.ts'

export const t = defineTexts({
  photosFailed: '照片没有传完，请检查网络，或删除没传完的照片后再提交',
  waiting: '有一件诉求待提交，联网后会自动提交', waitingSignIn: '有一件诉求待提交，登录后自动提交', waitingFailed: '有一件诉求没能提交：{why}', open: '查看', sending: '正在提交您的诉求', sent: '诉求已提交，编号 {number}',
} as const)
