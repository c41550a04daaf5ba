using Karl.Tokenizers.Imaging;

namespace Karl.Tokenizers.Tests.Imaging;

[TestClass]
public sealed class PlanarPixelsTests
{
    [TestMethod]
    public void FromImage_TwoPixels_GivesThreePlanes()
    {
        float[] planes = new float[6];
        PlanarPixels.FromImage(new RgbImage(2, 1, new byte[] { 0, 51, 255, 1, 102, 254 }), planes);
        CollectionAssert.AreEqual(new[] { 0f, 1 / 255f, 51 / 255f, 102 / 255f, 1f, 254 / 255f }, planes);
    }

    [TestMethod]
    public void ToImage_FractionsAndOutliers_AreTruncatedAndClipped()
    {
        RgbImage image = PlanarPixels.ToImage([0.9999f, -0.3f, 1.7f, 0.5f, float.NaN, float.PositiveInfinity], 1, 2);
        CollectionAssert.AreEqual(new byte[] { 254, 255, 0, 0, 127, 255 }, image.Pixels.ToArray());
    }

    [TestMethod]
    public void ToImage_AfterFromImage_LosesAtMostWhatTruncationLoses()
    {
        RgbImage image = TestImages.Noise(64, 64);
        float[] planes = new float[64 * 64 * 3];
        PlanarPixels.FromImage(image, planes);
        byte[] back = PlanarPixels.ToImage(planes, 64, 64).Pixels.ToArray();
        Assert.IsTrue(image.Pixels.ToArray().Zip(back).All(pair => pair.First - pair.Second is 0 or 1));
    }

    [TestMethod]
    public void FromImage_WrongDestination_IsRefused() =>
        Assert.ThrowsExactly<ArgumentException>(() => PlanarPixels.FromImage(new RgbImage(2, 2), new float[11]));
}
