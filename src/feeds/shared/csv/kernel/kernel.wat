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

  ;; A raw memory, at `area`:
  ;;   0       i32  bytes of the list of runs
  ;;   4       i32  where the bytes of the next entry go
  ;;   8       i64  the hash that was looked for last
  ;;   16      i32  the slot in which an entry of that hash belongs
  ;;   64      the runs, two i32 each: first and last column
  ;;   16448   65,536 slots, i32 each: the number of an entry from 1, or 0
  ;;   278592  16,384 entries: i64 hash, i32 where its bytes are, i32 unused
  ;;   540736  bytes of the entries: for each run its length and its bytes

  ;; Returns the entry whose runs are byte for byte those of the row with these edges, or -1.
  (func (export "find") (param $block i32) (param $edges i32) (param $area i32) (result i32)
    (local $hash i64) (local $slot i32) (local $entry i32)
    (local.set $hash (call $hashRuns (local.get $block) (local.get $edges) (local.get $area)))
    (local.set $slot (i32.and (i32.wrap_i64 (local.get $hash)) (i32.const 65535)))
    (loop $probe
      (local.set $entry (i32.load (i32.add
        (i32.add (local.get $area) (i32.const 16448))
        (i32.shl (local.get $slot) (i32.const 2)))))
      (if (local.get $entry)
        (then
          (if (call $same
                (local.get $block) (local.get $edges) (local.get $area) (local.get $entry) (local.get $hash))
            (then (return (i32.sub (local.get $entry) (i32.const 1)))))
          (local.set $slot (i32.and (i32.add (local.get $slot) (i32.const 1)) (i32.const 65535)))
          (br $probe))))
    (i64.store offset=8 (local.get $area) (local.get $hash))
    (i32.store offset=16 (local.get $area) (i32.add
      (i32.add (local.get $area) (i32.const 16448))
      (i32.shl (local.get $slot) (i32.const 2))))
    (i32.const -1))

  ;; Adds the row that was not found last as this entry, from 0; there must be room.
  (func (export "add") (param $block i32) (param $edges i32) (param $area i32) (param $entry i32)
    (local $run i32) (local $runs i32) (local $at i32) (local $length i32) (local $to i32) (local $record i32)
    (i32.store (i32.load offset=16 (local.get $area)) (i32.add (local.get $entry) (i32.const 1)))
    (local.set $record (i32.add
      (i32.add (local.get $area) (i32.const 278592))
      (i32.shl (local.get $entry) (i32.const 4))))
    (local.set $to (i32.load offset=4 (local.get $area)))
    (i64.store (local.get $record) (i64.load offset=8 (local.get $area)))
    (i32.store offset=8 (local.get $record) (local.get $to))
    (local.set $run (i32.add (local.get $area) (i32.const 64)))
    (local.set $runs (i32.add (local.get $run) (i32.load (local.get $area))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $run) (local.get $runs)))
        (local.set $at (call $runFrom (local.get $block) (local.get $edges) (local.get $run)))
        (local.set $length
          (i32.sub (call $runTo (local.get $block) (local.get $edges) (local.get $run)) (local.get $at)))
        (i32.store (local.get $to) (local.get $length))
        (memory.copy (i32.add (local.get $to) (i32.const 4)) (local.get $at) (local.get $length))
        (local.set $to (i32.add (local.get $to) (i32.add (local.get $length) (i32.const 4))))
        (local.set $run (i32.add (local.get $run) (i32.const 8)))
        (br $next)))
    (i32.store offset=4 (local.get $area) (local.get $to)))

  ;; Where the first cell of a run begins, and where its last ends.
  (func $runFrom (param $block i32) (param $edges i32) (param $run i32) (result i32)
    (i32.add
      (i32.add (local.get $block) (i32.const 1))
      (i32.load (i32.add (local.get $edges) (i32.shl (i32.load (local.get $run)) (i32.const 2))))))

  (func $runTo (param $block i32) (param $edges i32) (param $run i32) (result i32)
    (i32.add
      (local.get $block)
      (i32.load offset=4
        (i32.add (local.get $edges) (i32.shl (i32.load offset=4 (local.get $run)) (i32.const 2))))))

  (func $mix (param $hash i64) (param $word i64) (result i64)
    (i64.rotl
      (i64.mul (i64.xor (local.get $hash) (local.get $word)) (i64.const 0x9e3779b97f4a7c15))
      (i64.const 27)))

  ;; Keeps the first `count` bytes of a word, at most seven.
  (func $firstBytes (param $word i64) (param $count i32) (result i64)
    (i64.and
      (local.get $word)
      (i64.xor
        (i64.shl (i64.const -1) (i64.extend_i32_u (i32.shl (local.get $count) (i32.const 3))))
        (i64.const -1))))

  (func $hashRuns (param $block i32) (param $edges i32) (param $area i32) (result i64)
    (local $run i32) (local $runs i32) (local $at i32) (local $left i32) (local $hash i64)
    (local.set $run (i32.add (local.get $area) (i32.const 64)))
    (local.set $runs (i32.add (local.get $run) (i32.load (local.get $area))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $run) (local.get $runs)))
        (local.set $at (call $runFrom (local.get $block) (local.get $edges) (local.get $run)))
        (local.set $left
          (i32.sub (call $runTo (local.get $block) (local.get $edges) (local.get $run)) (local.get $at)))
        (local.set $hash (call $mix (local.get $hash) (i64.extend_i32_u (local.get $left))))
        (block $short
          (loop $words
            (br_if $short (i32.lt_s (local.get $left) (i32.const 8)))
            (local.set $hash (call $mix (local.get $hash) (i64.load (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (local.set $left (i32.sub (local.get $left) (i32.const 8)))
            (br $words)))
        (local.set $hash (call $mix
          (local.get $hash)
          (call $firstBytes (i64.load (local.get $at)) (local.get $left))))
        (local.set $run (i32.add (local.get $run) (i32.const 8)))
        (br $next)))
    (i64.xor (local.get $hash) (i64.shr_u (local.get $hash) (i64.const 32))))

  ;; Whether the entry, from 1, has this hash and these bytes.
  (func $same
    (param $block i32) (param $edges i32) (param $area i32) (param $entry i32) (param $hash i64)
    (result i32)
    (local $record i32) (local $mine i32) (local $run i32) (local $runs i32) (local $at i32) (local $left i32)
    (local.set $record (i32.add
      (i32.add (local.get $area) (i32.const 278576))
      (i32.shl (local.get $entry) (i32.const 4))))
    (if (i64.ne (i64.load (local.get $record)) (local.get $hash)) (then (return (i32.const 0))))
    (local.set $mine (i32.load offset=8 (local.get $record)))
    (local.set $run (i32.add (local.get $area) (i32.const 64)))
    (local.set $runs (i32.add (local.get $run) (i32.load (local.get $area))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $run) (local.get $runs)))
        (local.set $at (call $runFrom (local.get $block) (local.get $edges) (local.get $run)))
        (local.set $left
          (i32.sub (call $runTo (local.get $block) (local.get $edges) (local.get $run)) (local.get $at)))
        (if (i32.ne (i32.load (local.get $mine)) (local.get $left)) (then (return (i32.const 0))))
        (local.set $mine (i32.add (local.get $mine) (i32.const 4)))
        (block $short
          (loop $words
            (br_if $short (i32.lt_s (local.get $left) (i32.const 8)))
            (if (i64.ne (i64.load (local.get $at)) (i64.load (local.get $mine)))
              (then (return (i32.const 0))))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (local.set $mine (i32.add (local.get $mine) (i32.const 8)))
            (local.set $left (i32.sub (local.get $left) (i32.const 8)))
            (br $words)))
        (if (i64.ne
              (call $firstBytes (i64.load (local.get $at)) (local.get $left))
              (call $firstBytes (i64.load (local.get $mine)) (local.get $left)))
          (then (return (i32.const 0))))
        (local.set $mine (i32.add (local.get $mine) (local.get $left)))
        (local.set $run (i32.add (local.get $run) (i32.const 8)))
        (br $next)))
    (i32.const 1)))
