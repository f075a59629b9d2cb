// Pages for looking at the kit; only while developing.
import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'kit',
  routes: import.meta.env.DEV
    ? [
        { path: '/dev/kit', title: '界面部件', lazy: () => import('./KitPage.tsx') },
        { path: '/dev/list', title: '列表部件', lazy: () => import('./KitList.tsx') },
      ]
    : [],
})
