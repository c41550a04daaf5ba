using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Demonstration;

[TestClass]
public sealed class DemonstrationKindTests
{
    [TestMethod]
    public void Draw_ASeedTwice_GivesTheSameBytesAndAnotherSeedOthers()
    {
        foreach (DemonstrationKind kind in DemonstrationImages.Kinds)
        {
            string[] pixels = [.. Enumerable.Range(0, 12).Select(seed => Convert.ToBase64String(kind.Draw(seed, 48).Pixels.Span))];
            CollectionAssert.AllItemsAreUnique(pixels, kind.Name);
            Assert.AreEqual(pixels[7], Convert.ToBase64String(kind.Draw(7, 48).Pixels.Span), kind.Name);
        }
    }

    [TestMethod]
    [DataRow(16)]
    [DataRow(33)]
    [DataRow(200)]
    public void Draw_AnySize_FillsIt(int size)
    {
        foreach (DemonstrationKind kind in DemonstrationImages.Kinds)
        {
            for (int seed = 0; seed < 6; seed++)
            {
                RgbImage drawn = kind.Draw(seed, size);
                Assert.AreEqual((size, size), (drawn.Width, drawn.Height));
                Assert.IsTrue(drawn.Row(size - 1).ContainsAnyExcept((byte)0), $"{kind.Name} {seed}");
            }
        }
    }

    [TestMethod]
    public void Draw_Noise_TakesMoreBytesThanGraphics()
    {
        double[] bytes = [.. DemonstrationImages.Kinds.Select(kind => Enumerable.Range(0, 10).Average(seed => ImageWriter.EncodeJpeg(kind.Draw(seed, 128), 75).Length))];
        Assert.IsGreaterThan(2 * bytes[0], bytes[1]);
    }

    [TestMethod]
    [DataRow(15)]
    [DataRow(4097)]
    public void Draw_ImpossibleSize_IsRefused(int size) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DemonstrationImages.Kinds[0].Draw(0, size));
}
