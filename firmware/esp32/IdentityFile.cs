using System;
using System.IO;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>
    /// The file that flashing writes: which board this is, and its unique identifier. ASCII lines, each ended by a line feed:
    /// "escapement 1", "board ID", "uid 32 hex digits", "crc 8 hex digits" (CRC-32 of the lines before).
    /// </summary>
    public sealed class IdentityFile
    {
        /// <summary>Where it is: littlefs on the configuration partition.</summary>
        public const string Location = "I:\\escapement.id";

        /// <summary>Its greatest length, bytes.</summary>
        public const int MaxBytes = 256;

        private const int UidBytes = 16;
        private const int LongestId = 64;
        private readonly byte[] _content;
        private readonly int _length;
        private int _at;

        private IdentityFile(byte[] content, int length, ICrc32 crc)
        {
            _content = content;
            _length = length;
            IsMissing = length == 0;
            IsIntact = Parse(crc);
            if (!IsIntact)
            {
                BoardId = string.Empty;
                Uid = new byte[UidBytes];
            }
        }

        /// <summary>Whether the file was there and is what was written.</summary>
        public bool IsIntact { get; }

        /// <summary>Whether there was no file, or an empty one: nobody has named this board yet.</summary>
        public bool IsMissing { get; }

        /// <summary>The board's name; empty without an intact file.</summary>
        public string BoardId { get; private set; } = string.Empty;

        /// <summary>The unique identifier, 16 bytes; zeros without an intact file.</summary>
        public byte[] Uid { get; private set; } = new byte[UidBytes];

        /// <summary>Reads it from the board's flash. A missing file, as after a format of the partition, is no error: it means unknown.</summary>
        public static IdentityFile Load(ICrc32 crc)
        {
            // One byte more than allowed, so that a longer file shows.
            byte[] content = new byte[MaxBytes + 1];
            return new IdentityFile(content, Read(content), crc);
        }

        /// <summary>Takes the first bytes of a buffer as the file's content.</summary>
        public static IdentityFile Of(byte[] content, int length, ICrc32 crc)
        {
            return new IdentityFile(content, length, crc);
        }

        private static int Read(byte[] content)
        {
            bool isThere = false;
            try
            {
                isThere = File.Exists(Location);
                return isThere ? ReadFile(content) : 0;
            }
            catch (Exception)
            {
                // No such drive is a board without a file; a file that is there and cannot be read may name any board.
                return isThere ? -1 : 0;
            }
        }

        private static int ReadFile(byte[] content)
        {
            using (FileStream file = new FileStream(Location, FileMode.Open, FileAccess.Read))
            {
                int count = 0;
                int read = 1;
                while (read > 0 && count < content.Length)
                {
                    read = file.Read(content, count, content.Length - count);
                    count += read;
                }

                return count;
            }
        }

        private bool Parse(ICrc32 crc)
        {
            if (_length < 0 || _length > MaxBytes || !Take("escapement 1\nboard ") || !TakeId() || !Take("\nuid ") || !TakeUid() || !Take("\n"))
            {
                return false;
            }

            int covered = _at;
            return Take("crc ") && TakeCrc() == crc.Compute(_content, 0, covered) && Take("\n") && _at == _length;
        }

        private bool Take(string text)
        {
            if (_length - _at < text.Length)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (_content[_at + i] != text[i])
                {
                    return false;
                }
            }

            _at += text.Length;
            return true;
        }

        private bool TakeId()
        {
            char[] id = new char[LongestId];
            int length = 0;
            while (_at < _length && _content[_at] > ' ' && length < LongestId)
            {
                id[length++] = (char)_content[_at++];
            }

            BoardId = new string(id, 0, length);
            return length > 0;
        }

        private bool TakeUid()
        {
            for (int i = 0; i < UidBytes; i++)
            {
                int value = TakeHex();
                if (value < 0)
                {
                    return false;
                }

                Uid[i] = (byte)value;
            }

            return true;
        }

        // -1, which no CRC-32 is, when there are no eight digits.
        private long TakeCrc()
        {
            long value = 0;
            for (int i = 0; i < 4; i++)
            {
                int part = TakeHex();
                if (part < 0)
                {
                    return -1;
                }

                value = (value << 8) | (uint)part;
            }

            return value;
        }

        // Two digits; -1 when there are none.
        private int TakeHex()
        {
            if (_length - _at < 2)
            {
                return -1;
            }

            int high = Digit(_content[_at]);
            int low = Digit(_content[_at + 1]);
            _at += 2;
            return high < 0 || low < 0 ? -1 : (high << 4) | low;
        }

        private static int Digit(byte character)
        {
            if (character >= '0' && character <= '9')
            {
                return character - '0';
            }

            int letter = character | 0x20;
            return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }
    }
}
