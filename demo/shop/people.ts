/** Somebody the demo shop knows. `sellers` are the desks that they answer for. */
export interface Person {
  id: string
  name: string
  email: string
  sellers?: string[]
}

/** Everybody you can be, beside a guest. */
export const PEOPLE: Person[] = [
  { id: 'sam', name: 'Sam Rivera', email: 'sam@example.com' },
  { id: 'alex', name: 'Alex Okafor', email: 'alex@example.com' },
  { id: 'priya', name: 'Priya Nair', email: 'priya@oakworks.example', sellers: ['oak-works'] },
  { id: 'jonas', name: 'Jonas Lind', email: 'jonas@studiolinen.example', sellers: ['studio-linen'] },
]

export const DESKS = [
  { id: 'oak-works', name: 'Oak Works', members: ['priya'] },
  { id: 'studio-linen', name: 'Studio Linen', members: ['jonas'] },
]

export const deskName = (id: string) => DESKS.find((desk) => desk.id === id)?.name ?? id
