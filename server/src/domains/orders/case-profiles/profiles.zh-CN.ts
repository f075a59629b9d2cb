import type { ProfileStage } from './profile-definition.ts'

export const profileStageNames: Record<ProfileStage, string> = {
  registration: '登记', centreSorting: '中心分拣', unitSigning: '单位签收', unitHandling: '单位办理与办结', sectionSigning: '科室签收', sectionHandling: '科室办理与办结', unitReview: '单位审核', centreClosing: '中心办结审核',
}
