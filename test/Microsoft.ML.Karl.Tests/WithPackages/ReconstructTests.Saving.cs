using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes models that can be saved.</summary>
public sealed partial class ReconstructTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Load_GivesTheSameImages(bool quantized)
    {
        using Workplace place = new(quantized);
        ImagePath[] photos = place.Photos(3);
        IDataView view = place.View(photos);
        using TransformerChain<KarlReconstructingTransformer> model = Chain(place, quantized).Fit(view);
        using MemoryStream stream = new();
        place.Context.Model.Save(model, view.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        ITransformer restored = place.Context.RestoreKarl(loaded);
        byte[][] before = Images(model.Transform(view));
        IDataView after = loaded.Transform(view);
        Assert.AreEqual(model.Transform(view).Schema["Back"].Type, after.Schema["Back"].Type);
        AssertClose(before, Images(after));
        AssertClose(before, Images(restored.Transform(view)));
    }

    private static void AssertClose(byte[][] expected, byte[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        Assert.IsLessThan(2, expected.Zip(actual).Max(pair => pair.First.Zip(pair.Second, (left, right) => Math.Abs(left - right)).Max()));
    }
}
