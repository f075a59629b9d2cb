import { defineFeature } from '../../app/feature.ts'
import { e } from './entry.zh-CN.ts'
import { f } from './forecast.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const lists = 'telephony.lists'
const lines = ['telephony.lines']

export const feature = defineFeature({
  id: 'telephony',
  routes: [
    { path: '/telephony', title: t('calls'), permission: ['telephony.calls', lists, 'telephony.queues', 'telephony.flows', 'telephony.prompts', 'telephony.lines'], lazy: () => import('./StartPage.tsx') },
    { path: '/telephony/calls', title: t('calls'), permission: 'telephony.calls', lazy: () => import('./CallsPage.tsx') },
    { path: '/desk/dial-tasks', title: t('dialTasks'), permission: ['telephony.dial', 'telephony.dialTasks'], lazy: () => import('./DialTasksPage.tsx') },
    { path: '/telephony/recordings', title: t('recordingsTitle'), permission: 'telephony.recordings', lazy: () => import('./RecordingsPage.tsx') },
    { path: '/telephony/queues', title: t('queuesTitle'), permission: 'telephony.queues', lazy: () => import('./QueuesPage.tsx') },
    { path: '/telephony/ivr', title: t('flows'), permission: 'telephony.flows', lazy: () => import('./FlowsPage.tsx') },
    { path: '/telephony/ivr/:id', title: t('flows'), permission: 'telephony.flows', lazy: () => import('./FlowEditorPage.tsx') },
    { path: '/telephony/entry', title: e('title'), permission: ['telephony.flows', 'telephony.force'], lazy: () => import('./EntryPage.tsx') },
    { path: '/telephony/prompts', title: t('prompts'), permission: 'telephony.prompts', lazy: () => import('./PromptsPage.tsx') },
    { path: '/telephony/lists', title: t('lists'), permission: lists, lazy: () => import('./ListsPage.tsx') },
    { path: '/telephony/barred', title: t('barred'), permission: lists, lazy: () => import('./BarredPage.tsx') },
    { path: '/telephony/lines', title: t('lines'), permission: lines, lazy: () => import('./LinesPage.tsx') },
    { path: '/telephony/wallboard', title: t('wallboard'), permission: ['telephony.monitor', 'telephony.desk'], bare: true, lazy: () => import('./WallboardPage.tsx') },
    { path: '/desk/monitor', title: t('monitor'), permission: 'telephony.monitor', lazy: () => import('./MonitorPage.tsx') },
    { path: '/desk/forecast', title: f('title'), permission: 'telephony.monitor', lazy: () => import('./ForecastPage.tsx') },
    { path: '/desk/voicemail', title: t('voicemail'), permission: 'telephony.voicemail', lazy: () => import('./VoicemailPage.tsx') },
  ],
  rail: [
    { group: 'desk', label: t('voicemail'), path: '/desk/voicemail', permission: 'telephony.voicemail', order: 5 },
    { group: 'desk', label: t('dialTasks'), path: '/desk/dial-tasks', permission: ['telephony.dial', 'telephony.dialTasks'], order: 7 },
    { group: 'desk', label: t('monitor'), path: '/desk/monitor', permission: 'telephony.monitor', order: 6 },
    { group: 'desk', label: f('title'), path: '/desk/forecast', permission: 'telephony.monitor', order: 6.5 },
    { group: 'telephony', label: t('calls'), path: '/telephony/calls', permission: 'telephony.calls', order: 1 },
    { group: 'telephony', label: t('recordingsTitle'), path: '/telephony/recordings', permission: 'telephony.recordings', order: 2 },
    { group: 'telephony', label: t('queuesTitle'), path: '/telephony/queues', permission: 'telephony.queues', order: 3 },
    { group: 'telephony', label: t('flows'), path: '/telephony/ivr', permission: 'telephony.flows', order: 4 },
    { group: 'telephony', label: e('title'), path: '/telephony/entry', permission: ['telephony.flows', 'telephony.force'], order: 4.5 },
    { group: 'telephony', label: t('prompts'), path: '/telephony/prompts', permission: 'telephony.prompts', order: 5 },
    { group: 'telephony', label: t('lists'), path: '/telephony/lists', permission: lists, order: 6 },
    { group: 'telephony', label: t('barred'), path: '/telephony/barred', permission: lists, order: 7 },
    { group: 'telephony', label: t('lines'), path: '/telephony/lines', permission: lines, order: 8 },
    { group: 'telephony', label: t('wallboard'), path: '/telephony/wallboard', permission: 'telephony.monitor', order: 9 },
  ],
  commands: [
    { id: 'telephony.monitor', label: t('goMonitor'), path: '/desk/monitor', permission: 'telephony.monitor' },
    { id: 'telephony.calls', label: t('goCalls'), path: '/telephony/calls', permission: 'telephony.calls' },
    { id: 'telephony.board', label: t('goBoard'), path: '/telephony/wallboard', permission: 'telephony.monitor' },
  ],
})
