using System;
using System.IO;
using Escapement.Runtime.Ports;

namespace Escapement.Esp32
{
    /// <summary>Two files on the configuration partition. Each is opened, written and closed at once: closing is what commits, whole or not at all.</summary>
    public sealed class RecordFiles : IRecordStore
    {
        /// <summary>Where record 0 is.</summary>
        public const string Location0 = "I:\\escapement.0";

        /// <summary>Where record 1 is.</summary>
        public const string Location1 = "I:\\escapement.1";

        /// <inheritdoc/>
        public bool Read(int slot, byte[] buffer)
        {
            try
            {
                string location = LocationOf(slot);
                if (!File.Exists(location))
                {
                    return false;
                }

                using (FileStream file = new FileStream(location, FileMode.Open, FileAccess.Read))
                {
                    return file.Length == buffer.Length && file.Read(buffer, 0, buffer.Length) == buffer.Length;
                }
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(int slot, byte[] buffer)
        {
            try
            {
                // Flush is no commit with this driver; only closing is. An exception of closing means that nothing was committed.
                using (FileStream file = new FileStream(LocationOf(slot), FileMode.Create, FileAccess.Write))
                {
                    file.Write(buffer, 0, buffer.Length);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        private static string LocationOf(int slot)
        {
            return slot == 0 ? Location0 : Location1;
        }
    }
}
