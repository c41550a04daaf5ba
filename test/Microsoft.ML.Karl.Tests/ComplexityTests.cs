using Karl.Testing;
using Microsoft.ML.Data;

namespace Microsoft.ML.Karl.Tests;

[TestClass]
public sealed partial class ComplexityTests
{
    [TestMethod]
    public void Transform_GivesCountBitsAndNormalized_AndCanBeFiltered()
    {
        using Workplace place = new();
        ImagePath[] photos = [.. place.Photos(6), new ImagePath { Path = null, Number = 6 }];
        using KarlComplexityTransformer transformer = place.Context.Transforms
            .KarlComplexity("Complexity", "Path", new KarlComplexityOptions { Model = place.Model, Threads = 1 }).Fit(place.View(photos));
        IDataView view = transformer.Transform(place.View(photos));
        float[] counts = [.. view.GetColumn<float>("Complexity")], bits = [.. view.GetColumn<float>("ComplexityBits")], normalized = [.. view.GetColumn<float>("ComplexityNormalized")];
        for (int index = 0; index < 6; index++)
        {
            Assert.AreEqual(counts[index] * Math.Log2(TinyModel.CodebookSize), bits[index], 1e-3);
            Assert.AreEqual(counts[index] / TinyModel.DefaultBudget, normalized[index], 1e-6);
        }

        Assert.IsTrue(float.IsNaN(counts[6]) && float.IsNaN(bits[6]) && float.IsNaN(normalized[6]));
        Assert.HasCount(6, place.Context.Data.FilterRowsByMissingValues(view, "Complexity").GetColumn<float>("Complexity").ToArray());
    }
}
