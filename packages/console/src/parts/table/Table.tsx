import type { ReactNode } from 'react'
import classes from './Table.module.css'

/**
 * A plain table in our look: hairlines, no boxes; on a phone each row becomes a block with the titles of its columns (`data-label`).
 *
 * @example <Table label="People" head={<><th>Name</th></>}><tr><td data-label="Name">Ana</td></tr></Table>
 */
export const Table = ({ label, head, children }: { readonly label: string; readonly head: ReactNode; readonly children: ReactNode }) => (
  <div className={classes.scroller}>
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
)
