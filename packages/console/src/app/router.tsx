/** Every address of the console. What a page needs beside its address stands in its search part, so that a link says all of a view. */
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import type { ConsoleData } from '../data/console-data.ts'
import { readBatchSearch } from '../screens/batch/batch-search.ts'
import { readInstanceSearch } from '../screens/instance/instance-search.ts'
import { readInstancesSearch } from '../screens/instance/instances-search.ts'
import { InboxPage } from '../screens/work-item/InboxPage.tsx'
import { readInboxSearch } from '../screens/work-item/inbox-search.ts'
import { CrashPage } from './frame/CrashPage.tsx'
import { Frame } from './frame/Frame.tsx'
import { NotFoundPage } from './frame/NotFoundPage.tsx'
import { fetched } from './frame/not-fetched.ts'
import { textIn } from './search.ts'

interface RouterContext {
  readonly data: ConsoleData
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => textIn(search, 'to'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/session/SignInPage.tsx')),
    'SignInPage',
  ),
})

/** Pages for somebody: without a session they lead to sign-in and back. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  beforeLoad: ({ context, location }) => {
    if (context.data.session.get().status === 'signed-out')
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } })
  },
  component: Frame,
})

const page = { getParentRoute: () => frame } as const

const home = createRoute({
  ...page,
  path: '/',
  component: lazyRouteComponent(
    fetched(() => import('../screens/home/HomePage.tsx')),
    'HomePage',
  ),
})

const inboxStart = createRoute({
  ...page,
  path: '/inbox',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'open' } })
  },
})
const inbox = createRoute({ ...page, path: '/inbox/$view', validateSearch: readInboxSearch, component: InboxPage })
/** Address of a work item wherever it is listed: links in mails and sentences. */
const workItem = createRoute({
  ...page,
  path: '/work-items/$id',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/inbox/$view', params: { view: 'open' }, search: { item: params.id } })
  },
})

const instances = createRoute({
  ...page,
  path: '/instances',
  validateSearch: readInstancesSearch,
  component: lazyRouteComponent(
    fetched(() => import('../screens/instance/InstancesPage.tsx')),
    'InstancesPage',
  ),
})
const instance = createRoute({
  ...page,
  path: '/instances/$id',
  validateSearch: readInstanceSearch,
  component: lazyRouteComponent(
    fetched(() => import('../screens/instance/InstancePage.tsx')),
    'InstancePage',
  ),
})

const workflows = createRoute({
  ...page,
  path: '/workflows',
  validateSearch: (search): { search?: string; kind?: string } => textIn(search, 'search', 'kind'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/workflow/WorkflowsPage.tsx')),
    'WorkflowsPage',
  ),
})
const workflow = createRoute({
  ...page,
  path: '/workflows/$id',
  validateSearch: (search): { version?: string } => textIn(search, 'version'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/workflow/WorkflowPage.tsx')),
    'WorkflowPage',
  ),
})
const model = createRoute({
  ...page,
  path: '/models/$id',
  validateSearch: (search): { version?: string; node?: string; compare?: string } => textIn(search, 'version', 'node', 'compare'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/model/ModelPage.tsx')),
    'ModelPage',
  ),
})

const operate = createRoute({
  ...page,
  path: '/operate',
  component: lazyRouteComponent(
    fetched(() => import('../screens/operate/OperatePage.tsx')),
    'OperatePage',
  ),
})
const incidents = createRoute({
  ...page,
  path: '/incidents',
  validateSearch: (search): { group?: string; workflow?: string } => textIn(search, 'group', 'workflow'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/incident/IncidentsPage.tsx')),
    'IncidentsPage',
  ),
})
const batch = createRoute({
  ...page,
  path: '/batches/$id',
  validateSearch: readBatchSearch,
  component: lazyRouteComponent(
    fetched(() => import('../screens/batch/BatchPage.tsx')),
    'BatchPage',
  ),
})
const locks = createRoute({
  ...page,
  path: '/locks',
  validateSearch: (search): { name?: string } => textIn(search, 'name'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/lock/LocksPage.tsx')),
    'LocksPage',
  ),
})
const doctor = createRoute({
  ...page,
  path: '/doctor',
  validateSearch: (search): { code?: string } => textIn(search, 'code'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/doctor/DoctorPage.tsx')),
    'DoctorPage',
  ),
})

const users = createRoute({
  ...page,
  path: '/users',
  validateSearch: (search): { search?: string; user?: string } => textIn(search, 'search', 'user'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/user/UsersPage.tsx')),
    'UsersPage',
  ),
})
const groups = createRoute({
  ...page,
  path: '/groups',
  validateSearch: (search): { group?: string } => textIn(search, 'group'),
  component: lazyRouteComponent(
    fetched(() => import('../screens/group/GroupsPage.tsx')),
    'GroupsPage',
  ),
})
const tokens = createRoute({
  ...page,
  path: '/tokens',
  component: lazyRouteComponent(
    fetched(() => import('../screens/token/TokensPage.tsx')),
    'TokensPage',
  ),
})
const preferences = createRoute({
  ...page,
  path: '/preferences',
  component: lazyRouteComponent(
    fetched(() => import('../screens/me/PreferencesPage.tsx')),
    'PreferencesPage',
  ),
})

/** An address that is none of these: said within the frame, with its ways on. */
const nowhere = createRoute({ ...page, path: '$', component: NotFoundPage })

/** Our own parts on one page, for whoever changes them; what is served does not hold it. */
const catalogue = import.meta.env.DEV
  ? [
      createRoute({
        ...page,
        path: '/catalogue',
        component: lazyRouteComponent(
          fetched(() => import('../screens/catalogue/CataloguePage.tsx')),
          'CataloguePage',
        ),
      }),
    ]
  : []

const tree = root.addChildren([
  signIn,
  frame.addChildren([
    home,
    inboxStart,
    inbox,
    workItem,
    instances,
    instance,
    workflows,
    workflow,
    model,
    operate,
    incidents,
    batch,
    locks,
    doctor,
    users,
    groups,
    tokens,
    preferences,
    nowhere,
    ...catalogue,
  ]),
])

export const createConsoleRouter = (data: ConsoleData) =>
  createRouter({
    routeTree: tree,
    context: { data },
    // What no page knows or can read leaves the address: without this it would reach the page beside what was validated.
    search: { strict: true },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>
  }
}
