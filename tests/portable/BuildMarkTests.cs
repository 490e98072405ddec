using Escapement.Link;
using nanoFramework.TestFramework;

namespace Escapement.Portable
{
    [TestClass]
    public class BuildMarkTests
    {
        [TestMethod]
        public void The_marker_is_what_image_makers_look_for()
        {
            byte[] marker = new byte[BuildMark.MarkerBytes];
            for (int i = 0; i < marker.Length; i++)
            {
                marker[i] = BuildMark.MarkerByte(i);
            }

            Assert.AreEqual("45 53 43 41 50 45 4D 45 4E 54 2D 42 55 49 4C 44", Hex.Text(marker, 0, marker.Length));
        }

        [TestMethod]
        public void The_tag_fills_its_eight_bytes_and_no_more()
        {
            byte[] tag = new byte[BuildMark.TagBytes + 1];
            tag[BuildMark.TagBytes] = 0xAA;
            BuildMark.CopyTag(tag);
            Assert.AreEqual(0xAA, (int)tag[BuildMark.TagBytes]);
            int sum = 0;
            for (int i = 0; i < BuildMark.TagBytes; i++)
            {
                sum += tag[i];
            }

            Assert.IsTrue(sum > 0);
        }
    }
}
