import { defineFeature } from '../../app/feature.ts'
import { t as elements } from './catalogue/texts.zh-CN.ts'
import { t } from './parts/texts.zh-CN.ts'
import { t as templates } from './templates/texts.zh-CN.ts'
import { t as sync } from './sync/texts.zh-CN.ts'
import { t as themes } from './themes/texts.zh-CN.ts'

const read = 'matters.read'

export const feature = defineFeature({
  id: 'matters',
  routes: [
    { path: '/matters', title: t('matters'), permission: read, lazy: () => import('./directory/MattersPage.tsx') },
    { path: '/matters/items/new', title: t('kind_matter'), permission: 'matters.edit', lazy: () => import('./item/MatterEditPage.tsx') },
    { path: '/matters/items/:code', title: t('kind_matter'), permission: read, lazy: () => import('./item/MatterPage.tsx') },
    { path: '/matters/items/:code/edit', title: t('kind_matter'), permission: 'matters.edit', lazy: () => import('./item/MatterEditPage.tsx') },
    { path: '/matters/duties', title: t('duties'), permission: read, lazy: () => import('./duties/DutiesPage.tsx') },
    { path: '/matters/categories', title: t('categories'), permission: read, lazy: () => import('./classes/CategoriesPage.tsx') },
    { path: '/matters/types', title: t('types'), permission: read, lazy: () => import('./classes/TypesPage.tsx') },
    { path: '/matters/limits', title: t('limits'), permission: read, lazy: () => import('./limits/LimitsPage.tsx') },
    { path: '/matters/enterprises', title: t('enterprises'), permission: read, lazy: () => import('./enterprises/EnterprisesPage.tsx') },
    { path: '/matters/lists', title: t('lists'), permission: read, lazy: () => import('./lists/ListsPage.tsx') },
    { path: '/matters/issues', title: t('issues'), permission: read, lazy: () => import('./issues/IssuesPage.tsx') },
    { path: '/matters/links', title: templates('links'), permission: read, lazy: () => import('./templates/LinksPage.tsx') },
    { path: '/matters/templates', title: templates('templates'), permission: read, lazy: () => import('./templates/TemplatesPage.tsx') },
    { path: '/matters/sync', title: sync('sync'), permission: read, lazy: () => import('./sync/SyncPage.tsx') },
    { path: '/matters/elements', title: elements('catalogue'), permission: read, lazy: () => import('./catalogue/CataloguePage.tsx') },
    { path: '/matters/points', title: themes('points'), permission: read, lazy: () => import('./themes/PointsPage.tsx') },
    { path: '/matters/standard', title: t('standard'), permission: read, lazy: () => import('./reviews/StandardPage.tsx') },
    { path: '/matters/reviews', title: t('reviews'), permission: read, lazy: () => import('./reviews/ReviewsPage.tsx') },
    // addresses that messages and the home page carry
    { path: '/matters/changes', title: t('reviews'), permission: read, lazy: () => import('./reviews/ReviewsLink.tsx') },
    { path: '/matters/changes/:id', title: t('reviews'), permission: read, lazy: () => import('./reviews/ReviewsLink.tsx') },
  ],
  rail: [
    { group: 'matters', label: t('matters'), path: '/matters', permission: read, order: 1 },
    { group: 'matters', label: t('duties'), path: '/matters/duties', permission: read, order: 2 },
    { group: 'matters', label: t('categories'), path: '/matters/categories', permission: read, order: 3 },
    { group: 'matters', label: t('types'), path: '/matters/types', permission: read, order: 4 },
    { group: 'matters', label: t('limits'), path: '/matters/limits', permission: read, order: 5 },
    { group: 'matters', label: t('lists'), path: '/matters/lists', permission: ['matters.edit', 'matters.review'], order: 3 },
    { group: 'matters', label: t('issues'), path: '/matters/issues', permission: ['matters.edit', 'matters.issue'], order: 7 },
    { group: 'matters', label: t('enterprises'), path: '/matters/enterprises', permission: read, order: 8 },
    { group: 'matters', label: t('standard'), path: '/matters/standard', permission: ['matters.edit', 'matters.review'], order: 9 },
    { group: 'matters', label: templates('links'), path: '/matters/links', permission: ['matters.edit', 'matters.review'], order: 3.2 },
    { group: 'matters', label: templates('templates'), path: '/matters/templates', permission: ['matters.edit', 'matters.review'], order: 1.5 },
    { group: 'matters', label: sync('sync'), path: '/matters/sync', permission: ['matters.edit', 'matters.review'], order: 3.5 },
    { group: 'matters', label: elements('catalogue'), path: '/matters/elements', permission: ['matters.edit', 'matters.review'], order: 4.2 },
    { group: 'matters', label: themes('points'), path: '/matters/points', permission: ['matters.edit', 'matters.review'], order: 4.4 },
    { group: 'matters', label: t('reviews'), path: '/matters/reviews', permission: ['matters.edit', 'matters.review', 'matters.approve'], count: 'matters.toReview', order: 6 },
  ],
  commands: [{ id: 'matters', label: `打开${t('matters')}`, path: '/matters', permission: read }],
})
