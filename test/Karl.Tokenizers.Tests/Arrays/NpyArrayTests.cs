using System.Text;
using Karl.Testing;

namespace Karl.Tokenizers.Arrays;

[TestClass]
public sealed class NpyArrayTests
{
    [TestMethod]
    public void Parse_WhatWriteWrote_GivesTheSameArray()
    {
        NpyArray array = NpyArray.Create<float>([1.5f, -2, float.NaN, 4, 5, 6], 2, 3);
        NpyArray read = NpyArray.Parse(Bytes(array), "a.npy");
        Assert.AreEqual(ArrayElementType.Float32, read.Type);
        CollectionAssert.AreEqual(new long[] { 2, 3 }, read.Shape.ToArray());
        CollectionAssert.AreEqual(array.Bytes.ToArray(), read.Bytes.ToArray());
        Assert.AreEqual("Float32 [2, 3]", read.ToString());
    }

    [TestMethod]
    [DataRow(new long[0], 1)]
    [DataRow(new long[] { 7 }, 7)]
    [DataRow(new long[] { 0, 5 }, 0)]
    [DataRow(new long[] { 1, 1, 4 }, 4)]
    public void Write_AnyShape_StartsElementsAtAMultipleOf64AndReadsBack(long[] shape, int count)
    {
        byte[] bytes = Bytes(NpyArray.Create<short>(Enumerable.Range(0, count).Select(value => (short)value).ToArray(), shape));
        Assert.AreEqual(0, (bytes.Length - (2 * count)) % 64);
        CollectionAssert.AreEqual(shape, NpyArray.Parse(bytes, "a.npy").Shape.ToArray());
    }

    [TestMethod]
    public void Parse_EveryElementType_Converts()
    {
        AssertConverts(new[] { true, false }, [1, 0]);
        AssertConverts(new sbyte[] { -3, 4 }, [-3, 4]);
        AssertConverts(new short[] { -300, 4 }, [-300, 4]);
        AssertConverts(new[] { -70000, 4 }, [-70000, 4]);
        AssertConverts(new long[] { -5, 4 }, [-5, 4]);
        AssertConverts(new byte[] { 200, 4 }, [200, 4]);
        AssertConverts(new ushort[] { 60000, 4 }, [60000, 4]);
        AssertConverts(new uint[] { 70000, 4 }, [70000, 4]);
        AssertConverts(new ulong[] { 5, 4 }, [5, 4]);
        CollectionAssert.AreEqual(new[] { 0.5f, -2 }, NpyArray.Create<Half>([(Half)0.5, (Half)(-2)], 2).ToFloat32());
        CollectionAssert.AreEqual(new[] { 0.5f, -2 }, NpyArray.Create<double>([0.5, -2], 2).ToFloat32());
        CollectionAssert.AreEqual(new[] { 0.5f, -2 }, NpyArray.Create<float>([0.5f, -2], 2).ToFloat32());
    }

    [TestMethod]
    public void ToInt64_FloatsOrTooLarge_Throws()
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => NpyArray.Create<float>([1], 1).ToInt64());
        Assert.ThrowsExactly<InvalidOperationException>(() => NpyArray.Create<ulong>([ulong.MaxValue], 1).ToInt64());
        Assert.ThrowsExactly<InvalidOperationException>(() => NpyArray.Create<float>([1], 1).AsSpan<int>());
        Assert.ThrowsExactly<ArgumentException>(() => NpyArray.Create<float>([1], 2));
        Assert.ThrowsExactly<ArgumentException>(() => NpyArray.Create<char>(['a'], 1));
    }

    [TestMethod]
    public void Parse_FortranOrder_IsPutIntoCOrder()
    {
        // numpy.asfortranarray([[0, 1, 2], [3, 4, 5]]) lies as 0 3 1 4 2 5.
        byte[] file = Handmade("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", [0, 3, 1, 4, 2, 5]);
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3, 4, 5 }, NpyArray.Parse(file, "a.npy").AsSpan<byte>().ToArray());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Parse_EveryVersionAndAnyKeyOrder_Reads(int version)
    {
        byte[] file = Handmade("{ \"shape\":(2,) , 'fortran_order' : False,'descr':'<i2'}  \n", [1, 0, 2, 0], version);
        CollectionAssert.AreEqual(new short[] { 1, 2 }, NpyArray.Parse(file, "a.npy").AsSpan<short>().ToArray());
    }

    [TestMethod]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }", "does not fit the 4 bytes")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4, 4), }", "does not fit")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "whole numbers")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "whole numbers")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "does not fit")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (), ", "a quoted word")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, 'shape': (), } print(1)", "follows")]
    [DataRow("{'descr': '<f4', 'fortran_order': False, }", "missing")]
    [DataRow("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (), }", "twice")]
    [DataRow("{'descr': '<f4', 'fortran_order': 0, 'shape': (), }", "neither True nor False")]
    [DataRow("{'descr': '>f4', 'fortran_order': False, 'shape': (), }", "big-endian")]
    [DataRow("{'descr': '|O', 'fortran_order': False, 'shape': (), }", "'|O'")]
    [DataRow("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (), }", "records")]
    [DataRow("", "'{' is missing")]
    public void Parse_BadHeader_IsRefusedWithItsReason(string header, string reason)
    {
        KarlFormatException error = Assert.ThrowsExactly<KarlFormatException>(() => NpyArray.Parse(Handmade(header, new byte[4]), "bad.npy"));
        Assert.Contains("bad.npy", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [TestMethod]
    public void Parse_CutAnywhere_IsRefused()
    {
        byte[] whole = Bytes(NpyArray.Create<int>([1, 2, 3], 3));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsExactly<KarlFormatException>(() => NpyArray.Parse(whole.AsSpan(0, length), "cut.npy"));
        }
    }

    [TestMethod]
    public void Load_FileAboveTheLimit_IsRefusedBeforeReading()
    {
        using TemporaryFolder folder = new();
        NpyArray.Create<byte>(new byte[100_000], 100_000).Save(folder["large.npy"]);
        Assert.ThrowsExactly<KarlFormatException>(() => NpyArray.Load(folder["large.npy"], maximumBytes: 1000));
        Assert.AreEqual(100_000, NpyArray.Load(folder["large.npy"]).Count);
    }

    [TestMethod]
    public void Load_RecordedImages_AreFourImagesFromZeroToOne()
    {
        NpyArray images = NpyArray.Load(SharedFiles.Require("reference", "inputs", "images.npy"));
        Assert.AreEqual("Float32 [4, 3, 256, 256]", images.ToString());
        ReadOnlySpan<float> values = images.AsSpan<float>();
        Assert.AreEqual(-1, values.IndexOfAnyExceptInRange(0f, 1f));
        Assert.AreEqual(200 / 255f, values[2 * 3 * 65536], 1e-6f);
    }

    internal static byte[] Handmade(string header, byte[] elements, int version = 1)
    {
        byte[] text = Encoding.ASCII.GetBytes(header);
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. elements];
    }

    internal static byte[] Bytes(NpyArray array)
    {
        using MemoryStream stream = new();
        array.Write(stream);
        return stream.ToArray();
    }

    private static void AssertConverts<T>(T[] elements, long[] expected)
        where T : unmanaged
    {
        NpyArray read = NpyArray.Parse(Bytes(NpyArray.Create<T>(elements, elements.Length)), "a.npy");
        CollectionAssert.AreEqual(elements, read.AsSpan<T>().ToArray());
        CollectionAssert.AreEqual(expected, read.ToInt64());
        CollectionAssert.AreEqual(expected.Select(value => (float)value).ToArray(), read.ToFloat32());
    }
}
