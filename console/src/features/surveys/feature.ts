import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'surveys',
  routes: [
    { path: '/content/surveys', title: '民意问卷', permission: 'intake.surveys', lazy: () => import('./SurveysPage.tsx') },
    { path: '/content/surveys/:id', title: '民意问卷', permission: 'intake.surveys', lazy: () => import('./SurveyPage.tsx') },
  ],
  rail: [{ group: 'content', label: '民意问卷', path: '/content/surveys', permission: 'intake.surveys', order: 3 }],
  commands: [{ id: 'content.surveys', label: '打开民意问卷', path: '/content/surveys', permission: 'intake.surveys' }],
})
