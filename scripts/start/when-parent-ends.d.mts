export declare function whenParentEnds(then: () => void): void
