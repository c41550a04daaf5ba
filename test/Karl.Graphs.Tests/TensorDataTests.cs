namespace Karl.Graphs.Tests;

[TestClass]
public sealed class TensorDataTests
{
    [TestMethod]
    public void From_Array_IsAView()
    {
        var values = new[] { 1f, 2, 3, 4, 5, 6 };
        var data = TensorData.From(values, 2, 3);

        values[4] = 50;

        Assert.AreEqual(50f, data.AsSpan<float>()[4]);
        Assert.AreEqual(24, data.Bytes.Length);
        Assert.AreEqual(6, data.ElementCount);
        Assert.AreEqual("float32 [2, 3]", data.ToString());
    }

    [TestMethod]
    [DataRow(2, 4)]
    [DataRow(-2, -3)]
    [DataRow(long.MaxValue, long.MaxValue)]
    public void From_ShapeOfAnotherSize_IsRefused(long rows, long columns) => Assert.Throws<ArgumentException>(() => TensorData.From(new float[6], rows, columns));

    [TestMethod]
    public void AsSpan_OtherType_IsRefused() =>
        Assert.AreEqual("The tensor holds int64, not float32.", Assert.ThrowsExactly<ArgumentException>(() => TensorData.From([1L]).AsSpan<float>()).Message);

    [TestMethod]
    [DataRow(ElementType.Float32, 1.5)]
    [DataRow(ElementType.Float16, 1.5)]
    [DataRow(ElementType.Float64, 1.5)]
    [DataRow(ElementType.Int32, -7.0)]
    [DataRow(ElementType.Int64, -7.0)]
    [DataRow(ElementType.Boolean, 1.0)]
    [DataRow(ElementType.UInt8, 255.0)]
    [DataRow(ElementType.Int8, -128.0)]
    public void Scalar_EveryType_HoldsTheNumber(ElementType type, double value)
    {
        var data = TensorData.Scalar(value, type);

        Assert.AreEqual(type, data.Type);
        Assert.AreEqual(type.SizeInBytes(), data.Bytes.Length);
        Assert.AreEqual((float)value, Karl.Testing.TensorAssert.ToSingles(data)[0]);
    }
}
