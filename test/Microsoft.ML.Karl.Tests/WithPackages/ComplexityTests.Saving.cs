using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

/// <summary>What takes models that can be saved.</summary>
public sealed partial class ComplexityTests
{
    [TestMethod]
    public void Load_GivesTheSame_AndIsRestoredAsWhatItWas()
    {
        using Workplace place = new();
        ImagePath[] photos = place.Photos(3);
        using KarlComplexityTransformer transformer = place.Context.Transforms
            .KarlComplexity("Complexity", "Path", new KarlComplexityOptions { Model = place.Model, Threads = 1, BitsColumnName = "Bits" }).Fit(place.View(photos));
        using MemoryStream stream = new();
        place.Context.Model.Save(transformer, place.View(photos).Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        CollectionAssert.AreEqual(
            transformer.Transform(place.View(photos)).GetColumn<float>("Bits").ToArray(), loaded.Transform(place.View(photos)).GetColumn<float>("Bits").ToArray());
        ITransformer restored = place.Context.RestoreKarl(loaded);
        Assert.IsInstanceOfType<KarlComplexityTransformer>(restored is IEnumerable<ITransformer> chain ? chain.Single() : restored);
    }
}
