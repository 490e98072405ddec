namespace Escapement.Chip
{
    /// <summary>
    /// One RMT transmit channel: its memory, the interrupt that refills it by halves, and the output it makes.
    /// All its times are in the board's own ticks; they become simulation time only when an event is due.
    /// </summary>
    internal sealed class RmtTx
    {
        private readonly Board board;
        private readonly int pin;
        private readonly bool inverted;
        private readonly bool idleLevel;
        private readonly bool drivesIdle;
        private readonly long ticksPerUnit;
        private readonly bool eachHalf;
        private readonly uint[] memory;
        private readonly RmtCarrier carrier;

        private uint[] list = new uint[64];
        private int words;
        private int nextWord;
        private int fillAt;
        private bool endWritten;
        private int loopsLeft;

        private int position;
        private uint word;
        private bool secondHalf;
        private int sinceRefill;
        private bool refillDue;
        private long refillAt80 = long.MaxValue;
        private long runEnd;
        private long runEnd80 = long.MaxValue;
        private bool level;

        public RmtTx(Board board, int pin, int resolutionHz, int blocks, bool inverted, bool idleLevel, bool drivesIdle, RmtCarrier carrier)
        {
            this.board = board;
            this.pin = pin;
            this.inverted = inverted;
            this.idleLevel = idleLevel;
            this.drivesIdle = drivesIdle;
            this.carrier = carrier;
            Blocks = blocks;

            // Quirk: the resolution is rounded to a whole divider of 80 MHz and nobody is told.
            ticksPerUnit = Math.Max(1, (80_000_000L + resolutionHz / 2) / resolutionHz);
            memory = new uint[board.Options.ChannelWords * blocks];
            eachHalf = board.Options.Chip == ChipKind.Esp32;
            level = idleLevel;
        }

        public int Blocks { get; }

        public int Pin => pin;

        public bool Busy { get; private set; }

        /// <summary>When something happens here next, simulation time.</summary>
        public long Next80 { get; private set; } = long.MaxValue;

        /// <summary>What the matrix carries to the pad.</summary>
        public bool Output => (carrier.Passes(level) ? level : !level) ^ inverted;

        /// <summary>Takes the list into native memory. Nothing is sent yet.</summary>
        public void Load(byte[] data, int offset, int count, int repeat)
        {
            int wordsOnce = count / 4;
            words = wordsOnce * repeat;
            if (list.Length < words)
            {
                list = new uint[words];
            }

            for (int i = 0; i < words; i++)
            {
                list[i] = BitConverter.ToUInt32(data, offset + 4 * (i % wordsOnce));
            }
        }

        /// <summary>Adds another stage to the list that was loaded.</summary>
        public void Append(byte[] data, int repeat)
        {
            int start = words;
            int once = data.Length / 4;
            words += once * repeat;
            if (list.Length < words)
            {
                Array.Resize(ref list, Math.Max(words, 2 * list.Length));
            }

            for (int i = start; i < words; i++)
            {
                list[i] = BitConverter.ToUInt32(data, 4 * ((i - start) % once));
            }
        }

        public void Clear() => words = 0;

        public int Words => words;

        /// <summary>Starts to send what is loaded, now.</summary>
        public void Start(int loops)
        {
            nextWord = 0;
            fillAt = 0;
            endWritten = false;
            loopsLeft = loops;
            Fill(memory.Length);
            if (words % memory.Length == 0)
            {
                // Quirk: when the list fills the memory exactly, the end marker lands on the first word and nothing is sent.
                // Read from the driver for one filling; taken to hold for every multiple.
                memory[0] = 0;
            }

            position = 0;
            secondHalf = false;
            sinceRefill = 0;
            refillDue = false;
            refillAt80 = long.MaxValue;
            runEnd = board.BoardTicks(board.Now80);
            Busy = true;
            NextRun();
            Publish();
        }

        /// <summary>Stops at once and lets the pad go.</summary>
        public void Stop()
        {
            Busy = false;
            runEnd80 = long.MaxValue;
            refillAt80 = long.MaxValue;
            Next80 = long.MaxValue;
            level = idleLevel;
        }

        /// <summary>Overwrites channel memory with end markers, as the classic chip's driver does to stop.</summary>
        public void Wipe()
        {
            Array.Clear(memory);
            nextWord = words;
            endWritten = true;
        }

        /// <summary>Does what is due now.</summary>
        public void Step()
        {
            long now = board.Now80;
            if (refillAt80 <= now)
            {
                refillAt80 = long.MaxValue;
                Fill(memory.Length / 2);
            }

            if (carrier.Next80 <= now && now < runEnd80)
            {
                carrier.Toggle(board);
            }

            if (runEnd80 <= now)
            {
                if (refillDue)
                {
                    refillDue = false;
                    Refill(now);
                }

                NextRun();
            }

            Publish();
        }

        /// <summary>The crystal's error changed: the run in progress ends at another true time.</summary>
        public void ClockChanged()
        {
            if (Busy)
            {
                runEnd80 = board.TrueTime(runEnd);
                Publish();
            }
        }

        private void Publish()
        {
            board.UpdatePad(pin, board.Now80);
            long next = runEnd80 < refillAt80 ? runEnd80 : refillAt80;
            Next80 = carrier.Next80 < next ? carrier.Next80 : next;
        }

        private void Refill(long now)
        {
            // Quirk: while the interrupt cannot run, the hardware wraps and sends stale words; it catches up one half when it can.
            long at = board.RefillTime(now);
            if (at <= now)
            {
                Fill(memory.Length / 2);
            }
            else if (refillAt80 == long.MaxValue)
            {
                refillAt80 = at;
            }
        }

        private void Fill(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (nextWord < words)
                {
                    memory[fillAt] = list[nextWord++];
                }
                else if (!endWritten)
                {
                    memory[fillAt] = 0;
                    endWritten = true;
                }
                else
                {
                    return;
                }

                fillAt = fillAt + 1 == memory.Length ? 0 : fillAt + 1;
            }
        }

        // Joins halves of one level into a run, up to the point where the level changes or a refill is due.
        private void NextRun()
        {
            long length = 0;
            bool first = true;
            while (!refillDue)
            {
                // A word is taken from memory as a whole: what is written over it afterwards counts from the next one.
                word = secondHalf ? word : memory[position];
                uint half = secondHalf ? word >> 16 : word & 0xFFFF;
                bool halfLevel = (half & 0x8000) != 0;
                long duration = half & 0x7FFF;
                if (duration == 0)
                {
                    // Quirk: a zero in either half is the end marker.
                    if (!first)
                    {
                        break;
                    }

                    if (--loopsLeft > 0)
                    {
                        position = 0;
                        secondHalf = false;
                        continue;
                    }

                    End();
                    return;
                }

                if (first)
                {
                    level = halfLevel;
                    first = false;
                }
                else if (halfLevel != level || eachHalf)
                {
                    break;
                }

                length += duration;
                Consume();
            }

            carrier.RunStarts(board, level);
            runEnd += length * ticksPerUnit;
            runEnd80 = board.TrueTime(runEnd);
        }

        private void Consume()
        {
            secondHalf = !secondHalf;
            if (secondHalf)
            {
                return;
            }

            position = position + 1 == memory.Length ? 0 : position + 1;
            if (++sinceRefill == memory.Length / 2)
            {
                sinceRefill = 0;
                refillDue = true;
            }
        }

        private void End()
        {
            Busy = false;
            runEnd80 = long.MaxValue;
            refillAt80 = long.MaxValue;
            if (drivesIdle)
            {
                level = idleLevel;
            }

            carrier.RunStarts(board, false, atRest: true);
        }
    }
}
