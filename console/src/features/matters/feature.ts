import { defineFeature } from '../../app/feature.ts'
import { t } from './parts/texts.zh-CN.ts'

const read = 'matters.read'

export const feature = defineFeature({
  id: 'matters',
  routes: [
    { path: '/matters', title: t('matters'), permission: read, lazy: () => import('./directory/MattersPage.tsx') },
    { path: '/matters/items/new', title: t('kind_matter'), permission: 'matters.edit', lazy: () => import('./item/MatterEditPage.tsx') },
    { path: '/matters/items/:code', title: t('kind_matter'), permission: read, lazy: () => import('./item/MatterPage.tsx') },
    { path: '/matters/items/:code/edit', title: t('kind_matter'), permission: 'matters.edit', lazy: () => import('./item/MatterEditPage.tsx') },
  ],
  rail: [
    { group: 'matters', label: t('matters'), path: '/matters', permission: read, order: 1 },
  ],
  commands: [{ id: 'matters', label: `打开${t('matters')}`, path: '/matters', permission: read }],
})
