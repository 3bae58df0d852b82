import type { WorkItemSummary } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { Row, rowLink } from '../../parts/row/Row.tsx'
import { Due } from '../../parts/time/Due.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { About } from './About.tsx'
import classes from './InboxRow.module.css'

/** A work item in a list that is not the inbox: it opens there. */
export const ItemRow = ({ item }: { readonly item: WorkItemSummary }) => (
  <Row>
    <div className={classes.row} data-plain>
      <div className={classes.first}>
        <Link
          to="/inbox/$view"
          params={{ view: 'open' }}
          search={{ item: item.id }}
          className={`${rowLink} ${classes.title}`}
          data-unread={item.seen === false || undefined}
        >
          <UserText>{item.title}</UserText>
        </Link>
        <span className={classes.due}>{item.dueAtMs === undefined ? null : <Due ms={item.dueAtMs} />}</span>
      </div>
      <div className={classes.second}>
        <About row={item} view="open" />
      </div>
    </div>
  </Row>
)
