using Microsoft.ML.Karl.Internals.Imaging;

namespace Microsoft.ML.Karl;

[TestClass]
public sealed class PixelRangeTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(16)]
    [DataRow(53)]
    public void Scale_ValuesInRange_MultipliesAll(int count)
    {
        float[] values = [.. Enumerable.Range(0, count).Select(index => (float)index)];
        Assert.IsNull(PixelRange.Scale(values, 1f / count));
        CollectionAssert.AreEqual(Enumerable.Range(0, count).Select(index => index * (1f / count)).ToArray(), values);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(-0.02f)]
    [DataRow(1.02f)]
    public void Scale_ValueOutOfRange_IsGivenWhereverItIs(float wrong)
    {
        for (int place = 0; place < 37; place++)
        {
            float[] values = new float[37];
            values[place] = wrong;
            Assert.AreEqual(wrong, PixelRange.Scale(values, 1));
        }
    }

    [TestMethod]
    public void Scale_ValuesALittleOutside_AreWhatResizingGives() => Assert.IsNull(PixelRange.Scale([-0.009f, 1.009f], 1));
}
