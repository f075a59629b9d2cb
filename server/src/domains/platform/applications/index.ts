import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../part.ts'
import { applicationErrors } from './application.errors.ts'
import { admitUsers, changeApplication, createApplication, enterApplication, getApplication, listApplications, ownApplications, renewSecret } from './applications.ts'
import { casLogin, grantCasTicket, validateCasTicket } from './cas.ts'
import * as contract from './contract.ts'
import { decideGrant, issueToken, requestGrant } from './grants.ts'
import { authorizeApplication, logoutCrons, logoutJob, providerDocument, userInfo } from './single-sign-on.ts'

export const part = definePart({
  permissions: { 'platform.manageApplications': '登记应用、准入和申请开放授权', 'platform.approveApplications': '审批应用的开放授权' },
  roles: { tenantAdmin: { 'platform.manageApplications': 'tenant', 'platform.approveApplications': 'tenant' }, systemAdmin: { 'platform.manageApplications': 'tenant' }, businessAdmin: { 'platform.approveApplications': 'tenant' } },
  jobs: [asJob(logoutJob)],
  crons: logoutCrons,
  errors: applicationErrors,
  routes: [
    bind(contract.listApplications, listApplications), bind(contract.getApplication, getApplication), bind(contract.createApplication, createApplication), bind(contract.changeApplication, changeApplication), bind(contract.renewSecret, renewSecret), bind(contract.admitUsers, admitUsers),
    bind(contract.requestGrant, requestGrant), bind(contract.decideGrant, decideGrant), bind(contract.ownApplications, ownApplications), bind(contract.enterApplication, enterApplication), bind(contract.issueToken, issueToken), bind(contract.providerDocument, providerDocument), bind(contract.authorizeApplication, authorizeApplication), bind(contract.userInfo, userInfo),
    bind(contract.casLogin, casLogin), bind(contract.grantCasTicket, grantCasTicket), bind(contract.validateCasTicket, validateCasTicket), bind(contract.validateCasTicket3, validateCasTicket),
  ],
})
