/** Every address of the console. What a page needs beside its address stands in its search part, so that a link says all of a view. */
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import type { ConsoleData } from '../data/console-data.ts'
import { InboxPage } from '../screens/work-item/InboxPage.tsx'
import { readInboxSearch } from '../screens/work-item/inbox-search.ts'
import { CrashPage } from './frame/CrashPage.tsx'
import { Frame } from './frame/Frame.tsx'
import { NotFoundPage } from './frame/NotFoundPage.tsx'
import { textIn } from './search.ts'

interface RouterContext {
  readonly data: ConsoleData
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFoundPage })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { to?: string } => textIn(search, 'to'),
  component: lazyRouteComponent(() => import('../screens/session/SignInPage.tsx'), 'SignInPage'),
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





/** Our own parts on one page, for whoever changes them. */

const tree = root.addChildren([
  signIn,
  frame.addChildren([
    inboxStart,
    inbox,
    workItem,
  ]),
])

export const createConsoleRouter = (data: ConsoleData) =>
  createRouter({
    routeTree: tree,
    context: { data },
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
