using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class ImageResizerTests
{
    [TestMethod]
    [DataRow(Resampling.Bicubic)]
    [DataRow(Resampling.Bilinear)]
    public void Resize_SquareAreas_EqualThePartCutOutAndPreprocessed(Resampling resampling)
    {
        Random random = new(20250708);
        for (int round = 0; round < 150; round++)
        {
            RgbImage image = TestImages.Noise(1 + random.Next(90), 1 + random.Next(90), round);
            int side = 1 + random.Next(Math.Min(image.Width, image.Height)), size = 1 + random.Next(40);
            PixelArea area = new(random.Next(image.Width - side + 1), random.Next(image.Height - side + 1), side, side);
            byte[] pixels = new byte[size * size * 3];
            ImageResizer.Resize(image, area, size, size, resampling, pixels);
            CollectionAssert.AreEqual(ReferenceResizer.ResizeAndCrop(Cut(image, area), size, resampling), pixels, $"{area} of {image} to {size}");
        }
    }

    [TestMethod]
    public void Resize_AreasOfAnyShape_EqualThePartCutOutAndResized()
    {
        Random random = new(20250709);
        for (int round = 0; round < 100; round++)
        {
            RgbImage image = TestImages.Noise(2 + random.Next(70), 2 + random.Next(70), round);
            PixelArea area = new(random.Next(image.Width / 2), random.Next(image.Height / 2), 1 + random.Next(image.Width / 2), 1 + random.Next(image.Height / 2));
            (int width, int height) = (1 + random.Next(40), 1 + random.Next(40));
            byte[] pixels = new byte[width * height * 3];
            ImageResizer.Resize(image, area, width, height, Resampling.Bicubic, pixels);
            CollectionAssert.AreEqual(ImageResizer.Resize(Cut(image, area), width, height).Pixels.ToArray(), pixels, $"{area} of {image} to {width} x {height}");
        }
    }

    [TestMethod]
    public void Resize_BothSidesApart_IsOneAfterTheOther()
    {
        RgbImage image = TestImages.Waves(50, 30);
        RgbImage wide = ImageResizer.Resize(image, 23, 30);
        CollectionAssert.AreEqual(ImageResizer.Resize(wide, 23, 41).Pixels.ToArray(), ImageResizer.Resize(image, 23, 41).Pixels.ToArray());
    }

    [TestMethod]
    [DataRow(-1, 0, 2, 2)]
    [DataRow(0, 3, 2, 2)]
    [DataRow(0, 0, 6, 2)]
    [DataRow(0, 0, 0, 2)]
    [DataRow(2, 0, int.MaxValue, 2)]
    public void Resize_AreaOutside_IsRefused(int left, int top, int width, int height)
    {
        RgbImage image = new(5, 4);
        Assert.ThrowsExactly<ArgumentException>(() => ImageResizer.Resize(image, new PixelArea(left, top, width, height), 2, 2, Resampling.Bicubic, new byte[12]));
    }

    [TestMethod]
    public void Resize_DestinationTooSmall_IsRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => ImageResizer.Resize(new RgbImage(5, 4), new PixelArea(0, 0, 5, 4), 2, 2, Resampling.Bicubic, new byte[11]));

    private static RgbImage Cut(RgbImage image, PixelArea area)
    {
        RgbImage part = new(area.Width, area.Height);
        for (int y = 0; y < area.Height; y++)
        {
            image.Row(area.Top + y).Slice(area.Left * 3, area.Width * 3).CopyTo(part.Row(y));
        }

        return part;
    }
}
