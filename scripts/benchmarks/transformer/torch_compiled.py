"""The same steps in PyTorch with torch.compile."""
import torch_eager

torch_eager.main(torch_eager.torch.compile)
