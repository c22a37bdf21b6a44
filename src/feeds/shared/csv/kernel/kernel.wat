;; The two innermost loops of reading CSV, 16 and 8 bytes at a time, over one linear memory that kernel.ts lays out.
;; `npm run kernel` turns this file into wasm-bytes.ts; a test sees to it that the two agree.
(module
  (memory (export "memory") 1)

  ;; Finds the cells of the row at `from` of the block, if the row is plain: it has just `cells` cells, and each quoted one ends at its
  ;; first quote. Writes the position of each delimiter, relative to the block, to the array at `edges`: entry 0 is the byte before the
  ;; row. Returns where the next row begins, or -1 if the row is not plain. A line end must come before the end of the memory.
  (func (export "scanRow")
    (param $block i32) (param $from i32) (param $delimiter i32) (param $cells i32) (param $edges i32)
    (result i32)
    (local $at i32) (local $byte i32) (local $mask i32) (local $bytes v128)
    (local $delimiters v128) (local $feeds v128) (local $returns v128) (local $quotes v128)
    (local.set $delimiters (i8x16.splat (local.get $delimiter)))
    (local.set $feeds (i8x16.splat (i32.const 10)))
    (local.set $returns (i8x16.splat (i32.const 13)))
    (local.set $quotes (i8x16.splat (i32.const 34)))
    (local.set $at (i32.add (local.get $block) (local.get $from)))
    (i32.store (local.get $edges) (i32.sub (local.get $from) (i32.const 1)))
    (loop $cell
      (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 34))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (loop $quoted
            (local.set $bytes (v128.load (local.get $at)))
            (local.set $mask (i8x16.bitmask (v128.or
              (i8x16.eq (local.get $bytes) (local.get $quotes))
              (v128.or
                (i8x16.eq (local.get $bytes) (local.get $feeds))
                (i8x16.eq (local.get $bytes) (local.get $returns))))))
            (if (i32.eqz (local.get $mask))
              (then
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (br $quoted))))
          (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $mask))))
          (if (i32.ne (i32.load8_u (local.get $at)) (i32.const 34)) (then (return (i32.const -1))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $byte (i32.load8_u (local.get $at)))
          (if (i32.and
                (i32.ne (local.get $byte) (local.get $delimiter))
                (i32.and
                  (i32.ne (local.get $byte) (i32.const 10))
                  (i32.ne (local.get $byte) (i32.const 13))))
            (then (return (i32.const -1)))))
        (else
          (loop $plain
            (local.set $bytes (v128.load (local.get $at)))
            (local.set $mask (i8x16.bitmask (v128.or
              (i8x16.eq (local.get $bytes) (local.get $delimiters))
              (v128.or
                (i8x16.eq (local.get $bytes) (local.get $feeds))
                (i8x16.eq (local.get $bytes) (local.get $returns))))))
            (if (i32.eqz (local.get $mask))
              (then
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (br $plain))))
          (local.set $at (i32.add (local.get $at) (i32.ctz (local.get $mask))))
          (local.set $byte (i32.load8_u (local.get $at)))))
      (local.set $edges (i32.add (local.get $edges) (i32.const 4)))
      (i32.store (local.get $edges) (i32.sub (local.get $at) (local.get $block)))
      (local.set $cells (i32.sub (local.get $cells) (i32.const 1)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.eq (local.get $byte) (local.get $delimiter))
        (then
          (br_if $cell (local.get $cells))
          (return (i32.const -1)))))
    (if (local.get $cells) (then (return (i32.const -1))))
    (if (i32.and
          (i32.eq (local.get $byte) (i32.const 13))
          (i32.eq (i32.load8_u (local.get $at)) (i32.const 10)))
      (then (local.set $at (i32.add (local.get $at) (i32.const 1)))))
    (i32.sub (local.get $at) (local.get $block)))

  ;; A memory of rows, at `area`:
  ;;   0       i32  bytes of the list of runs
  ;;   4       i32  the slot in which the row that was looked for last belongs
  ;;   8, 16   i64  its two hashes
  ;;   64      the runs, two i32 each: first and last column
  ;;   16448   32,768 slots of 32 bytes: two i64 hashes, i32 the number of an entry from 1, or 0

  ;; Returns the entry whose runs have the bytes of those of the row with these edges, or -1. Bytes are taken for equal if two hashes
  ;; of 64 bits are. Reads up to 7 bytes behind the row.
  (func (export "find") (param $block i32) (param $edges i32) (param $area i32) (result i32)
    (local $run i32) (local $runs i32) (local $at i32) (local $left i32) (local $word i64)
    (local $one i64) (local $other i64) (local $slot i32)
    (local.set $run (i32.add (local.get $area) (i32.const 64)))
    (local.set $runs (i32.add (local.get $run) (i32.load (local.get $area))))
    (block $hashed
      (loop $next
        (br_if $hashed (i32.ge_u (local.get $run) (local.get $runs)))
        ;; from the byte behind the edge before the first column, to the edge behind the last
        (local.set $at (i32.add
          (i32.add (local.get $block) (i32.const 1))
          (i32.load
            (i32.add (local.get $edges) (i32.shl (i32.load (local.get $run)) (i32.const 2))))))
        (local.set $left (i32.sub
          (i32.add
            (local.get $block)
            (i32.load offset=4
              (i32.add (local.get $edges) (i32.shl (i32.load offset=4 (local.get $run)) (i32.const 2)))))
          (local.get $at)))
        (local.set $one (i64.add (local.get $one) (i64.extend_i32_u (local.get $left))))
        (loop $words
          (local.set $word (i64.load (local.get $at)))
          ;; of a run's last word only the bytes that are the run's, at most seven
          (if (i32.lt_s (local.get $left) (i32.const 8))
            (then
              (local.set $word (i64.and
                (local.get $word)
                (i64.xor
                  (i64.shl
                    (i64.const -1)
                    (i64.extend_i32_u (i32.shl (local.get $left) (i32.const 3))))
                  (i64.const -1))))))
          (local.set $one (i64.rotl
            (i64.mul (i64.xor (local.get $one) (local.get $word)) (i64.const 0x9e3779b97f4a7c15))
            (i64.const 27)))
          (local.set $other (i64.rotl
            (i64.mul (i64.add (local.get $other) (local.get $word)) (i64.const 0xc2b2ae3d27d4eb4f))
            (i64.const 31)))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (local.set $left (i32.sub (local.get $left) (i32.const 8)))
          (br_if $words (i32.ge_s (local.get $left) (i32.const 0))))
        (local.set $run (i32.add (local.get $run) (i32.const 8)))
        (br $next)))
    (local.set $one
      (i64.xor (local.get $one) (i64.shr_u (local.get $one) (i64.const 32))))
    (local.set $slot (i32.shl
      (i32.and (i32.wrap_i64 (local.get $one)) (i32.const 32767))
      (i32.const 5)))
    (loop $probe
      (local.set $at (i32.add
        (i32.add (local.get $area) (i32.const 16448))
        (local.get $slot)))
      (if (i32.load offset=16 (local.get $at))
        (then
          (if (i32.and
                (i64.eq (i64.load (local.get $at)) (local.get $one))
                (i64.eq (i64.load offset=8 (local.get $at)) (local.get $other)))
            (then (return (i32.sub (i32.load offset=16 (local.get $at)) (i32.const 1)))))
          (local.set $slot (i32.and
            (i32.add (local.get $slot) (i32.const 32))
            (i32.const 1048575)))
          (br $probe))))
    (i32.store offset=4 (local.get $area) (local.get $at))
    (i64.store offset=8 (local.get $area) (local.get $one))
    (i64.store offset=16 (local.get $area) (local.get $other))
    (i32.const -1))

  ;; Adds the row that was not found last as this entry, from 0; there must be room.
  (func (export "add") (param $area i32) (param $entry i32)
    (local $slot i32)
    (local.set $slot (i32.load offset=4 (local.get $area)))
    (i64.store (local.get $slot) (i64.load offset=8 (local.get $area)))
    (i64.store offset=8 (local.get $slot) (i64.load offset=16 (local.get $area)))
    (i32.store offset=16 (local.get $slot) (i32.add (local.get $entry) (i32.const 1)))))
