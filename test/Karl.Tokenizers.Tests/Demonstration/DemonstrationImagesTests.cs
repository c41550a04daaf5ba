using Karl.Tokenizers.Demonstration;
using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Demonstration;

[TestClass]
public sealed class DemonstrationImagesTests
{
    [TestMethod]
    public void Draw_Twice_GivesTheSameBytes()
    {
        foreach (DemonstrationImage image in DemonstrationImages.All)
        {
            CollectionAssert.AreEqual(image.Draw(64).Pixels.ToArray(), image.Draw(64).Pixels.ToArray(), image.Name);
        }
    }

    [TestMethod]
    public void All_Images_HaveNamesAndPixelsOfTheirOwn()
    {
        string[] names = [.. DemonstrationImages.All.Select(image => image.Name)];
        CollectionAssert.AllItemsAreUnique(names);
        Assert.IsTrue(names.All(name => name.All(char.IsAsciiLetterLower)));
        string[] pixels = [.. DemonstrationImages.All.Select(image => Convert.ToBase64String(image.Draw(48).Pixels.Span))];
        CollectionAssert.AllItemsAreUnique(pixels);
    }

    [TestMethod]
    public void All_FromFlatToNoise_TakeMoreAndMoreBytesAtTheEnds()
    {
        int[] bytes = [.. DemonstrationImages.All.Select(image => ImageWriter.EncodeJpeg(image.Draw(), 75).Length)];
        Assert.AreEqual(bytes.Min(), bytes[0]);
        Assert.AreEqual(bytes.Max(), bytes[^1]);
        Assert.IsGreaterThan(10 * bytes[0], bytes[^1]);
        Assert.IsTrue(bytes[1..^1].All(count => count > bytes[0] && count < bytes[^1]));
    }

    [TestMethod]
    [DataRow(16)]
    [DataRow(33)]
    [DataRow(300)]
    public void Draw_AnySize_FillsIt(int size)
    {
        foreach (DemonstrationImage image in DemonstrationImages.All)
        {
            RgbImage drawn = image.Draw(size);
            Assert.AreEqual((size, size), (drawn.Width, drawn.Height));
            Assert.IsTrue(drawn.Row(size - 1).ContainsAnyExcept((byte)0), image.Name);
        }
    }

    [TestMethod]
    [DataRow(15)]
    [DataRow(4097)]
    public void Draw_ImpossibleSize_IsRefused(int size) =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DemonstrationImages.All[0].Draw(size));
}
