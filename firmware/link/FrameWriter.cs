using System;

namespace Escapement.Link
{
    /// <summary>Builds Harp frames into a caller's array. Returns the frame's length, 0 when it would exceed <see cref="HarpFrame.MaxBytes"/>.</summary>
    public static class FrameWriter
    {
        /// <summary>A frame without timestamp: what a host sends.</summary>
        /// <param name="target">Takes the frame.</param>
        /// <param name="offset">Where it begins in <paramref name="target"/>.</param>
        /// <param name="messageType">One of <see cref="MessageType"/>.</param>
        /// <param name="address">Address of the register.</param>
        /// <param name="payloadType">One of <see cref="PayloadType"/>.</param>
        /// <param name="payload">Holds the payload; not read when its length is 0.</param>
        /// <param name="payloadOffset">Where the payload begins, in bytes.</param>
        /// <param name="payloadLength">Length of the payload, in bytes.</param>
        public static int Plain(byte[] target, int offset, int messageType, int address, int payloadType, byte[] payload, int payloadOffset, int payloadLength)
        {
            if (payloadLength < 0 || payloadLength > HarpFrame.MaxBytes - HarpFrame.PlainOverhead)
            {
                return 0;
            }

            int length = HarpFrame.PlainOverhead + payloadLength;
            Head(target, offset, messageType, length, address, payloadType);
            if (payloadLength > 0)
            {
                Array.Copy(payload, payloadOffset, target, offset + 5, payloadLength);
            }

            Seal(target, offset, length);
            return length;
        }

        /// <summary>A frame with timestamp: what a device sends.</summary>
        /// <param name="target">Takes the frame.</param>
        /// <param name="offset">Where it begins in <paramref name="target"/>.</param>
        /// <param name="messageType">One of <see cref="MessageType"/>, with <see cref="HarpFrame.ErrorFlag"/> in an error reply.</param>
        /// <param name="address">Address of the register.</param>
        /// <param name="payloadType">One of <see cref="PayloadType"/>; the timestamp flag is added.</param>
        /// <param name="seconds">Harp clock, whole seconds.</param>
        /// <param name="ticks">Harp clock, fraction in steps of 32 microseconds, 0 to 31249.</param>
        /// <param name="payload">Holds the payload; not read when its length is 0.</param>
        /// <param name="payloadOffset">Where the payload begins, in bytes.</param>
        /// <param name="payloadLength">Length of the payload, in bytes.</param>
        public static int Timestamped(byte[] target, int offset, int messageType, int address, int payloadType, uint seconds, int ticks, byte[] payload, int payloadOffset, int payloadLength)
        {
            if (payloadLength < 0 || payloadLength > HarpFrame.MaxBytes - HarpFrame.TimestampedOverhead)
            {
                return 0;
            }

            int length = HarpFrame.TimestampedOverhead + payloadLength;
            Head(target, offset, messageType, length, address, payloadType | HarpFrame.TimestampFlag);
            LittleEndian.PutU32(target, offset + 5, seconds);
            LittleEndian.PutU16(target, offset + 9, ticks);
            if (payloadLength > 0)
            {
                Array.Copy(payload, payloadOffset, target, offset + 11, payloadLength);
            }

            Seal(target, offset, length);
            return length;
        }

        private static void Head(byte[] target, int offset, int messageType, int length, int address, int payloadType)
        {
            target[offset] = (byte)messageType;
            target[offset + 1] = (byte)(length - 2);
            target[offset + 2] = (byte)address;
            target[offset + 3] = HarpFrame.DevicePort;
            target[offset + 4] = (byte)payloadType;
        }

        private static void Seal(byte[] target, int offset, int length)
        {
            target[offset + length - 1] = (byte)Checksum.Of(target, offset, length - 1);
        }
    }
}
