using System;

namespace Escapement.Portable
{
    /// <summary>Writes programs byte by byte from the format's text. Shares no code with the kernel.</summary>
    internal sealed class ProgramBytes
    {
        private readonly byte[] bytes = new byte[4200];
        private int length = 40;
        private int blocks;

        /// <summary>Intermittent theta burst, 600 pulses: the example of the format's text, 92 bytes.</summary>
        public static byte[] ThetaBurst()
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(3, 1, 100, 200000000);
            program.Level(20, 10000000);
            program.Level(10, 200000);
            program.Level(3, 20000);
            return program.Finish(1, 600, 191840000, 200000000);
        }

        /// <summary>One level of equal intervals, in units of 1/den us; the totals are as they should be.</summary>
        public static byte[] Train(int den, int count, long intervalUnits, int widthUs, long spanUnits)
        {
            ProgramBytes program = new ProgramBytes();
            program.Repeats(1, 0, widthUs, spanUnits);
            program.Level(count, intervalUnits);
            return program.Finish(den, count, (count - 1) * intervalUnits, spanUnits);
        }

        /// <summary>Four pulses by a list: onsets 0, 5,000, 12,000 and 312,000 us.</summary>
        public static byte[] List(int depth)
        {
            ProgramBytes program = new ProgramBytes();
            program.Block(2, 0, depth, 100, 3, 400000);
            program.Entry(5000);
            program.Entry(7000);
            program.Entry(300000);
            return program.Finish(1, 4, 312000, 400000);
        }

        public void Repeats(int levels, int depth, int widthUs, long spanUnits)
        {
            Block(1, levels, depth, widthUs, 0, spanUnits);
        }

        public void Block(int kind, int levels, int depth, int widthUs, int listCount, long spanUnits)
        {
            Put(length, 1, kind);
            Put(length + 1, 1, levels);
            Put(length + 2, 1, depth);
            Put(length + 4, 2, widthUs);
            Put(length + 6, 2, listCount);
            Put(length + 8, 8, spanUnits);
            length += 16;
            blocks++;
        }

        public void Level(long count, long intervalUnits)
        {
            Put(length, 4, count);
            Put(length + 4, 8, intervalUnits);
            length += 12;
        }

        public void Entry(long us)
        {
            Put(length, 4, us);
            length += 4;
        }

        /// <summary>Writes the header with the totals given, right or wrong.</summary>
        public byte[] Finish(long den, long pulses, long lastOnsetUnits, long cycleUnits)
        {
            Put(0, 2, 0x5045);
            Put(2, 1, 1);
            Put(4, 2, length);
            Put(6, 2, blocks);
            Put(8, 4, den);
            Put(12, 4, pulses);
            Put(16, 8, lastOnsetUnits);
            Put(24, 8, cycleUnits);
            byte[] program = new byte[length];
            Array.Copy(bytes, 0, program, 0, length);
            return program;
        }

        private void Put(int at, int count, long value)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[at + i] = (byte)(value >> (8 * i));
            }
        }
    }
}
