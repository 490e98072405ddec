using Escapement.Kernel;
using Escapement.Runtime.Ports;

namespace Escapement.Runtime.Host
{
    /// <summary>The one program on the board: uploaded in parts, sealed with its CRC-32, verified in slices, erased when it has served.</summary>
    public sealed class ProgramStore
    {
        /// <summary>Bytes of an upload part: offset (2), count (1), zero (1), content (64).</summary>
        public const int PartBytes = 68;

        /// <summary>Content of one part at most.</summary>
        public const int PartContentBytes = 64;

        private readonly ICrc32 _crc;
        private readonly ProgramVerifier _verifier = new ProgramVerifier();

        /// <summary>Checks with the board's CRC-32.</summary>
        public ProgramStore(ICrc32 crc)
        {
            _crc = crc;
        }

        /// <summary>The program; what lies behind <see cref="Length"/> is zero.</summary>
        public readonly byte[] Image = new byte[ProgramFormat.MaxBytes];

        /// <summary>Bytes received so far, or of the sealed program.</summary>
        public int Length;

        /// <summary>CRC-32 under which it was sealed.</summary>
        public uint Crc;

        /// <summary>Whether verification is under way.</summary>
        public bool IsVerifying;

        /// <summary>Whether a verified program is there.</summary>
        public bool IsVerified;

        /// <summary>Why the last program was refused (Kernel.ProgramError), 0 when it was not.</summary>
        public int Error;

        /// <summary>What the verifier found.</summary>
        public ProgramVerifier Found => _verifier;

        /// <summary>Forgets the program, its bytes included.</summary>
        public void Erase()
        {
            System.Array.Clear(Image, 0, Image.Length);
            Length = 0;
            Crc = 0;
            IsVerifying = false;
            IsVerified = false;
        }

        /// <summary>Whether a part is well formed: it has content, no more than fits, and lies within a program.</summary>
        public static bool IsPart(byte[] payload, int offset)
        {
            int at = payload[offset] | (payload[offset + 1] << 8);
            int count = payload[offset + 2];
            return count >= 1 && count <= PartContentBytes && payload[offset + 3] == 0 && at + count <= ProgramFormat.MaxBytes;
        }

        /// <summary>
        /// Takes one part. Parts come in order: offset 0 begins a new program, every other offset must be where the last part ended.
        /// False leaves everything as it was.
        /// </summary>
        public bool TakePart(byte[] payload, int offset)
        {
            int at = payload[offset] | (payload[offset + 1] << 8);
            int count = payload[offset + 2];
            if (!IsPart(payload, offset))
            {
                return false;
            }

            bool begins = at == 0;
            if (!begins && (at != Length || IsVerifying || IsVerified))
            {
                return false;
            }

            if (begins)
            {
                Erase();
                Error = 0;
            }

            System.Array.Copy(payload, offset + 4, Image, at, count);
            Length = at + count;
            return true;
        }

        /// <summary>Ends the upload and begins verification. False when length or CRC-32 do not fit what arrived.</summary>
        public bool Seal(int length, uint crc)
        {
            if (IsVerifying || IsVerified || length <= 0 || length != Length || _crc.Compute(Image, 0, length) != crc)
            {
                return false;
            }

            Crc = crc;
            IsVerifying = true;
            _verifier.Begin(Image, length);
            return true;
        }

        /// <summary>One slice of verification. 0 working, 1 accepted, -1 refused (and erased).</summary>
        public int Verify(int budget)
        {
            int result = _verifier.Step(budget);
            if (result > 0)
            {
                IsVerifying = false;
                IsVerified = true;
            }
            else if (result < 0)
            {
                Error = _verifier.Error;
                Erase();
            }

            return result;
        }

        /// <summary>Whether the program is still the one that was sealed.</summary>
        public bool IsIntact()
        {
            return IsVerified && _crc.Compute(Image, 0, Length) == Crc;
        }
    }
}
